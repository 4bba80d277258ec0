using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Sync;
using Fabric.Workflows.Engine;

namespace Fabric.Web.Commands;

/// <summary>A running server, through its public API. What it refuses comes back in its own words.</summary>
internal sealed class ServerTarget(HttpClient http) : ISyncTarget
{
    public async Task<Outcome<SyncState?>> FindAsync(string name, CancellationToken ct)
    {
        var about = await JsonAsync(HttpMethod.Get, $"api/v1/blueprints/{name}", null, null, ct);
        if (!about.Succeeded)
            return about.Faults[0].Kind is FaultKind.NotFound ? (SyncState?)null : about.Cast<SyncState?>();
        if (about.Value["draft"] is not JsonObject draft || about.Value["last"] is not JsonValue lastVersion)
            return new OperationFault(FaultKind.Unavailable, "NoFabric", $"{http.BaseAddress} answered nothing that Fabric says of a blueprint. Is this the address of a Fabric server?");
        var text = await TextAsync($"api/v1/blueprints/{name}/draft", ct);
        if (!text.Succeeded)
            return text.Cast<SyncState?>();
        var last = (int)lastVersion;
        var differs = (bool)draft["differs"]!;
        var published = last == 0 ? (Outcome<string>)"" : differs ? await TextAsync($"api/v1/blueprints/{name}/versions/{last}", ct) : text;
        if (!published.Succeeded)
            return published.Cast<SyncState?>();
        return new SyncState(text.Value, (int)draft["version"]!, (string)draft["updatedBy"]!, last == 0 ? null : published.Value, differs && !(bool)draft["mine"]!);
    }

    /// <summary>The server tells when it has the text, and not before.</summary>
    public Task<IReadOnlyList<string>?> CheckAsync(string name, string text, IReadOnlyDictionary<string, string> folder, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>?>(null);

    public async Task<Outcome<IReadOnlyList<string>>> PutAsync(string name, string text, int expected, CancellationToken ct)
    {
        var put = await JsonAsync(HttpMethod.Put, $"api/v1/blueprints/{name}/draft", new StringContent(text, Encoding.UTF8, "application/yaml"), expected, ct);
        return put.Succeeded
            ? put.Value["faults"]!.AsArray().Select(fault => $"{fault!["file"]}({fault["line"]},{fault["column"]}): {fault["message"]} [{fault["code"]}]").ToArray()
            : put.Cast<IReadOnlyList<string>>();
    }

    public async Task<Outcome<int>> PublishAsync(string name, string message, int draft, CancellationToken ct)
    {
        var published = await JsonAsync(HttpMethod.Post, $"api/v1/blueprints/{name}/publish", JsonContent.Create(new { message }), draft, ct);
        return published.Succeeded ? (int)published.Value["version"]! : published.Cast<int>();
    }

    private async Task<Outcome<JsonNode>> JsonAsync(HttpMethod method, string path, HttpContent? body, int? expected, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (expected is { } version)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        using var response = await http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode ? Parse(text) ?? Strange(response) : Problem(response, text);
    }

    private async Task<Outcome<string>> TextAsync(string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/yaml"));
        using var response = await http.SendAsync(request, ct);
        // Read as bytes: reading as text would swallow a byte order mark, and the file would seem changed for ever.
        var bytes = await response.Content.ReadAsByteArrayAsync(ct);
        return response.IsSuccessStatusCode ? Encoding.UTF8.GetString(bytes) : Problem(response, Encoding.UTF8.GetString(bytes)).Cast<string>();
    }

    private static Outcome<JsonNode> Problem(HttpResponseMessage response, string text)
    {
        var problem = Parse(text);
        var kind = response.StatusCode switch
        {
            HttpStatusCode.NotFound => FaultKind.NotFound,
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => FaultKind.Forbidden,
            HttpStatusCode.PreconditionFailed => FaultKind.PreconditionFailed,
            HttpStatusCode.BadRequest => FaultKind.Invalid,
            HttpStatusCode.Conflict => FaultKind.Conflict,
            _ => FaultKind.Unavailable,
        };
        if (problem?["detail"] is not { } detail || problem["code"] is not { } code)
            return Strange(response).Faults.ToArray();
        var errors = (problem["errors"] as JsonArray ?? []).Select(error => error!["message"]!.ToString()).Where(message => message != detail.ToString());
        return errors.Prepend(detail.ToString()).Select(message => new OperationFault(kind, code.ToString(), message)).ToArray();
    }

    private static Outcome<JsonNode> Strange(HttpResponseMessage response) =>
        new OperationFault(FaultKind.Unavailable, "NoFabric", $"{response.RequestMessage!.RequestUri} answered {(int)response.StatusCode} and nothing that Fabric says. Is this the address of a Fabric server?");

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
