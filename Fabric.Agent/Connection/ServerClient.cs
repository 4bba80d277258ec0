using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fabric.Protocol;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Reports;
using Fabric.Protocol.Sync;

namespace Fabric.Agent.Connection;

/// <summary>The server's answer as a value: a reply, or what went wrong.</summary>
/// <param name="Reply">Set when it went well.</param>
/// <param name="Problem">Set when the server said no in its own words.</param>
/// <param name="Message">For people.</param>
internal readonly record struct ServerResult<T>(T? Reply, AgentProblem? Problem, string Message) where T : class;

/// <summary>The three calls. Signs each, and keeps the clock offset the server told us.</summary>
internal sealed class ServerClient(HttpClient http, AgentKeys keys, AgentTimeouts timeouts, TimeProvider time)
{
    private long offsetTicks;

    public Task<ServerResult<EnrolReply>> EnrolAsync(EnrolRequest request, CancellationToken ct) =>
        CallAsync(AgentRoutes.Enrol, request, ProtocolJson.Default.EnrolRequest, ProtocolJson.Default.EnrolReply, null, timeouts.ReportRequest, ct);

    public Task<ServerResult<SyncReply>> SyncAsync(SyncRequest request, CancellationToken ct) => CallAsync(
        AgentRoutes.Sync, request, ProtocolJson.Default.SyncRequest, ProtocolJson.Default.SyncReply, request.AgentId, timeouts.SyncRequest, ct);

    public Task<ServerResult<ReportReply>> ReportAsync(ReportRequest request, CancellationToken ct) => CallAsync(
        AgentRoutes.Report, request, ProtocolJson.Default.ReportRequest, ProtocolJson.Default.ReportReply, request.AgentId, timeouts.ReportRequest, ct);

    private async Task<ServerResult<TReply>> CallAsync<TRequest, TReply>(string path, TRequest request, JsonTypeInfo<TRequest> requestJson,
        JsonTypeInfo<TReply> replyJson, Guid? agentId, TimeSpan limit, CancellationToken ct) where TReply : class
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, requestJson);
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (agentId is { } id)
        {
            var now = time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer",
                AgentAssertion.Create(keys.Signing, keys.SigningPublic.Kid, id, "POST", path, body, now));
        }

        using var cut = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, cut.Token);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(both.Token);
            if (response.IsSuccessStatusCode)
                return new(await JsonSerializer.DeserializeAsync(stream, replyJson, both.Token), null, "");
            var problem = response.Content.Headers.ContentType?.MediaType == AgentProblem.MediaType
                ? await JsonSerializer.DeserializeAsync(stream, ProtocolJson.Default.AgentProblem, both.Token)
                : null;
            if (problem is { Code: AgentErrorCodes.ClockSkew, ServerTime: { } server })
                Interlocked.Exchange(ref offsetTicks, (server - time.GetUtcNow()).Ticks);
            return new(null, problem, problem?.Detail ?? problem?.Title ?? $"HTTP {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new(null, null, e is OperationCanceledException ? "The server did not answer in time." : e.Message);
        }
    }
}
