using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime.Internal.Auth;
using Fabric.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>
/// Signed requests to services that have no client here: the tagging API, IAM, load balancers and quotas. They are plain POSTs whose
/// body is JSON or a form; the SDK's own signer signs them.
/// </summary>
internal sealed class AwsRequests(IOptions<AwsOptions> options, HttpClient http, TimeProvider time)
{
    private const string JsonType = "application/x-amz-json-1.1";
    private const string FormType = "application/x-www-form-urlencoded; charset=utf-8";

    /// <summary>Asks a service that speaks JSON.</summary>
    /// <param name="keys">Whose request it is.</param>
    /// <param name="service">Host and signing name, such as <c>tagging</c>.</param>
    /// <param name="region">Region of the service.</param>
    /// <param name="target">The operation with its service's version.</param>
    /// <param name="body">Its input.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Outcome<JsonObject>> JsonAsync(AwsKeys keys, string service, string region, string target, JsonObject body, CancellationToken ct)
    {
        var answer = await SendAsync(keys, service, region, JsonType, body.ToJsonString(), target, ct);
        return answer.Succeeded ? Read(answer.Value, service, text => JsonNode.Parse(text) as JsonObject) : answer.Cast<JsonObject>();
    }

    /// <summary>Asks a service that speaks forms and XML.</summary>
    /// <returns>The root of its answer, namespaces kept.</returns>
    public async Task<Outcome<XElement>> QueryAsync(
        AwsKeys keys, string service, string region, string version, string action, IEnumerable<(string Name, string Value)> parameters, CancellationToken ct)
    {
        var form = string.Join('&', parameters.Prepend(("Version", version)).Prepend(("Action", action)).Select(p => $"{Uri.EscapeDataString(p.Item1)}={Uri.EscapeDataString(p.Item2)}"));
        var answer = await SendAsync(keys, service, region, FormType, form, null, ct);
        return answer.Succeeded ? Read(answer.Value, service, text => XDocument.Parse(text).Root) : answer.Cast<XElement>();
    }

    private static Outcome<T> Read<T>(string text, string service, Func<string, T?> parse)
        where T : class
    {
        try
        {
            return parse(text) is { } read ? read : AwsFaults.NotUnderstood(service);
        }
        catch (Exception e) when (e is JsonException or XmlException)
        {
            return AwsFaults.NotUnderstood(service);
        }
    }

    private async Task<Outcome<string>> SendAsync(AwsKeys keys, string service, string region, string type, string body, string? target, CancellationToken ct)
    {
        using var request = Sign(keys, service, region, type, body, target);
        try
        {
            using var response = await http.SendAsync(request, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            return response.IsSuccessStatusCode ? text : AwsFaults.Of(AwsFaults.CodeIn(text), (int)response.StatusCode, $"{service} in {region}");
        }
        catch (Exception e) when (AwsFaults.IsUnreachable(e, ct))
        {
            return AwsFaults.Silent($"{service} in {region}");
        }
    }

    /// <summary>Signature version 4, as published: method, path, query, headers and the body's hash, in this very form.</summary>
    internal HttpRequestMessage Sign(AwsKeys keys, string service, string region, string type, string body, string? target)
    {
        var address = options.Value.Endpoint is { Length: > 0 } endpoint ? new Uri(endpoint) : AwsRegions.Address(service, region);
        var signingRegion = service == "iam" ? AwsRegions.OfIam(region) : region;
        var now = time.GetUtcNow().UtcDateTime;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = type,
            ["host"] = address.Authority,
            ["x-amz-date"] = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        };
        if (keys.Token is not null)
            headers["x-amz-security-token"] = keys.Token;
        if (target is not null)
            headers["x-amz-target"] = target;
        var names = string.Join(';', headers.Keys);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var canonical = $"POST\n{address.AbsolutePath}\n\n{string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{hash}";
        var signature = AWS4Signer.ComputeSignature(keys.Id, keys.Secret, signingRegion, now, service, names, canonical);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        foreach (var (name, value) in headers.Where(h => h.Key.StartsWith("x-amz", StringComparison.Ordinal)))
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
