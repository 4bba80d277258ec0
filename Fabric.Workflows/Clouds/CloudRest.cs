using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds;

/// <summary>Asks services that speak JSON and take a bearer token. What they say of a failure is not passed on; its code is.</summary>
/// <param name="title">The cloud's name, for sentences.</param>
/// <param name="http">Follows no redirects, for one would carry the token to another host.</param>
internal sealed class CloudRest(string title, HttpClient http)
{
    private readonly CloudAnswers words = new(title);

    /// <summary>A client as it must be.</summary>
    public static HttpClient Client(int timeoutSeconds) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(timeoutSeconds) };

    /// <summary>Reads.</summary>
    /// <param name="address">Where.</param>
    /// <param name="token">Bearer token.</param>
    /// <param name="what">What is read, for sentences.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task<Outcome<JsonObject>> GetAsync(Uri address, string token, string what, CancellationToken ct) => SendAsync(HttpMethod.Get, address, token, null, what, ct);

    /// <summary>Asks with a body.</summary>
    public Task<Outcome<JsonObject>> PostAsync(Uri address, string? token, HttpContent body, string what, CancellationToken ct) => SendAsync(HttpMethod.Post, address, token, body, what, ct);

    /// <summary>Has something removed; the answer's body says nothing that is needed.</summary>
    public async Task<Outcome<bool>> DeleteAsync(Uri address, string token, string what, CancellationToken ct) =>
        await SendAsync<object>(HttpMethod.Delete, address, token, null, what, _ => Task.FromResult<object?>(what), ct) is { Succeeded: false } refused ? refused.Cast<bool>() : true;

    /// <summary>Reads every page of a list.</summary>
    /// <param name="first">The first page.</param>
    /// <param name="token">Bearer token.</param>
    /// <param name="items">The items of a page.</param>
    /// <param name="next">The page after a page; null at the end. Pages of another host are not asked for: they would get the token.</param>
    /// <param name="what">What is read, for sentences.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<Outcome<List<JsonObject>>> ListAsync(Uri first, string token, Func<JsonObject, IEnumerable<JsonObject>> items, Func<JsonObject, Uri?> next, string what, CancellationToken ct)
    {
        var all = new List<JsonObject>();
        for (var at = first; at is not null;)
        {
            var page = await GetAsync(at, token, what, ct);
            if (!page.Succeeded)
                return page.Cast<List<JsonObject>>();
            all.AddRange(items(page.Value));
            at = next(page.Value);
            if (at is not null && (at.Authority != first.Authority || at.Scheme != first.Scheme))
                return words.NotUnderstood(what);
        }

        return all;
    }

    private Task<Outcome<JsonObject>> SendAsync(HttpMethod method, Uri address, string? token, HttpContent? body, string what, CancellationToken ct) =>
        SendAsync(method, address, token, body, what, response => response.Content.ReadFromJsonAsync<JsonObject>(ct), ct);

    private async Task<Outcome<T>> SendAsync<T>(HttpMethod method, Uri address, string? token, HttpContent? body, string what, Func<HttpResponseMessage, Task<T?>> read, CancellationToken ct)
        where T : class
    {
        using var request = new HttpRequestMessage(method, address) { Content = body };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode)
                return words.Of((int)response.StatusCode, CodeIn(await response.Content.ReadAsStringAsync(ct)), what);
            return await read(response) is { } answer ? answer : words.NotUnderstood(what);
        }
        catch (JsonException)
        {
            return words.NotUnderstood(what);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return words.Silent(what);
        }
    }

    /// <summary>The code in an error's body, where it is a word; never a sentence.</summary>
    internal static string? CodeIn(string body)
    {
        try
        {
            var error = (JsonNode.Parse(body) as JsonObject)?["error"];
            var code = error is JsonObject detail ? detail["status"] ?? detail["code"] : error;
            return code is JsonValue value && value.TryGetValue<string>(out var word) ? CloudAnswers.Code(word) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
