using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Fabric.Tests.Cluster;

/// <summary>The API server as the tests' administrator: plain requests, plain JSON.</summary>
public sealed class KubeHttp : IDisposable
{
    private readonly HttpClient http;

    public KubeHttp(Uri server, string token)
    {
        // The server made its own certificate a moment ago, on loopback.
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        http = new HttpClient(handler) { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The object, or null when it is not there.</summary>
    public async Task<JsonObject?> GetAsync(string path, CancellationToken ct)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path, null, ct);
        return status is >= 200 and < 300 ? body : null;
    }

    /// <summary>The items of a collection.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path, CancellationToken ct) =>
        [.. ((await GetAsync(path, ct))?["items"]?.AsArray() ?? []).Select(i => i!.AsObject())];

    /// <summary>Asks, and asks again while the API server has too much to do.</summary>
    public async Task<(int Status, JsonObject? Body)> SendAsync(
        HttpMethod method, string path, JsonNode? body, CancellationToken ct, string type = "application/json")
    {
        for (var again = 5; ; again--)
        {
            var (status, answer) = await SendOnceAsync(method, path, body, type, ct);
            if (again == 0 || status is not (429 or >= 500))
                return (status, answer);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, ct);
        }
    }

    private async Task<(int Status, JsonObject? Body)> SendOnceAsync(HttpMethod method, string path, JsonNode? body, string type, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
        using var response = await http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) as JsonObject : null);
    }

    /// <summary>HTTP status of a GET; 0 when nobody listens.</summary>
    public async Task<int> StatusAsync(string path, CancellationToken ct)
    {
        try
        {
            using var response = await http.GetAsync(path, ct);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    public Task<(int Status, JsonObject? Body)> MergeAsync(string path, JsonNode body, CancellationToken ct) =>
        SendAsync(HttpMethod.Patch, path, body, ct, "application/merge-patch+json");

    public void Dispose() => http.Dispose();
}
