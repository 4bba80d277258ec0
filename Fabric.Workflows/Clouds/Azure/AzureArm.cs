using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Fabric.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>Clients of the resource manager, and their failures as faults.</summary>
internal sealed class AzureArm(IOptions<AzureOptions> options, HttpClient http)
{
    /// <summary>A client for as long as a token lasts.</summary>
    /// <param name="token">Bearer token.</param>
    /// <param name="versions">Versions of the interfaces of other services' types; without one the client would ask for a list of them first.</param>
    public ArmClient Client(string token, params IEnumerable<(ResourceType Type, string Version)> versions)
    {
        var endpoint = new Uri(options.Value.Endpoint);
        var settings = new ArmClientOptions { Environment = new ArmEnvironment(endpoint, options.Value.Endpoint), Transport = new HttpClientTransport(http) };
        settings.Retry.MaxRetries = 1;
        settings.AddPolicy(new OneHost(endpoint), HttpPipelinePosition.PerCall);
        foreach (var (type, version) in versions)
            settings.SetApiVersion(type, version);
        return new ArmClient(new Given(token), default, settings);
    }

    /// <summary>Asks, and turns what the client throws into a fault; what Azure says of a failure is not passed on, its code is.</summary>
    /// <param name="what">What is asked about, for sentences.</param>
    /// <param name="ask">The question.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<Outcome<T>> AskAsync<T>(string what, Func<Task<T>> ask, CancellationToken ct)
    {
        var words = new CloudAnswers("Azure");
        try
        {
            return await ask();
        }
        catch (RequestFailedException e) when (e.Status > 0)
        {
            return words.Of(e.Status, e.ErrorCode, what);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return words.Silent(what);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException or UriFormatException)
        {
            return words.NotUnderstood(what);
        }
    }

    /// <summary>The token that was gotten for the session.</summary>
    private sealed class Given(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Lets no request go to another host, such as one that a page names as the next: it would get the token.</summary>
    private sealed class OneHost(Uri endpoint) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Uri.Host != endpoint.Host || message.Request.Uri.Port != endpoint.Port || message.Request.Uri.Scheme != endpoint.Scheme)
                throw new UriFormatException("Another host was named.");
        }
    }
}
