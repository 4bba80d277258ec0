using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fabric.Protocol;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;
using Fabric.Protocol.Sync;
using Fabric.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fabric.Tests.Cluster;

/// <summary>
/// A stub: the three routes of the protocol with real keys, real signatures and no storage. It stands in for the control plane in tests of the
/// agent alone, and can go away and come back.
/// </summary>
public sealed class StubControlPlane : IAsyncDisposable
{
    private readonly ECDsa cellKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<Guid, (long Cursor, IntentPayload Payload, SignedIntent Signed)> intents = new();
    private readonly ConcurrentDictionary<string, bool> assertionsSeen = new();
    private readonly ConcurrentDictionary<Guid, (string Signed, long SentAt)> cancels = new();
    private WebApplication? app;
    private long cursor = 1;
    private int syncs, enrolments;

    public Uri Url { get; } = new($"http://127.0.0.1:{Ports.Next()}");
    public string Token { get; set; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    public Guid AgentId { get; } = Guid.CreateVersion7();
    /// <summary>The cell it says it is at an enrolment.</summary>
    public string Cell { get; set; } = "test";
    public EnrolRequest? Enrolled { get; private set; }
    public ConcurrentQueue<Report> Reports { get; } = new();
    public ConcurrentQueue<Heartbeat> Heartbeats { get; } = new();
    public int Syncs => syncs;
    public int Enrolments => enrolments;

    /// <summary>Takes no reports.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Answers every sync with a full one that names nothing.</summary>
    public bool ForgetsEverything { get; set; }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url.ToString());
        app = builder.Build();
        app.MapPost(AgentRoutes.Enrol, c => AnswerAsync(c, ProtocolJson.Default.EnrolRequest, ProtocolJson.Default.EnrolReply, Enrol));
        app.MapPost(AgentRoutes.Sync, c => AnswerAsync(c, ProtocolJson.Default.SyncRequest, ProtocolJson.Default.SyncReply, SyncAsync));
        app.MapPost(AgentRoutes.Report, c => AnswerAsync(c, ProtocolJson.Default.ReportRequest, ProtocolJson.Default.ReportReply, Report));
        await app.StartAsync();
    }

    /// <summary>Goes away; what it knows stays.</summary>
    public async Task StopAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        if (app is not null) await app.StopAsync(now.Token);
        if (app is not null) await app.DisposeAsync();
        app = null;
    }

    /// <summary>Signs and sends; seals <paramref name="secrets"/> to the agent that enrolled.</summary>
    public IntentPayload Send(IntentPayload payload, params (string Name, string Value)[] secrets)
    {
        var whole = IntentContent.WithHash(payload with
        {
            AgentId = AgentId,
            Secrets = [.. secrets.Select(s => new SealedSecret(s.Name, Sealing.Seal(System.Text.Encoding.UTF8.GetBytes(s.Value), Enrolled!.SealingKey)))],
        });
        SendAs(whole, SignedMessage.Sign(whole, cellKey));
        return whole;
    }

    /// <summary>Sends whatever is given, however it is signed.</summary>
    public void SendAs(IntentPayload payload, SignedIntent signed) =>
        intents[payload.EntityId] = (Interlocked.Increment(ref cursor), payload, signed);

    public SignedIntent Sign(IntentPayload payload) => SignedMessage.Sign(IntentContent.WithHash(payload), cellKey);

    /// <summary>Sends a cancel, and again every few seconds: a reply may be lost.</summary>
    public void Cancel(IntentPayload payload) => cancels[payload.EntityId] = (SignedMessage.Sign(new CancelPayload
    {
        AgentId = AgentId, Cell = payload.Cell, Incarnation = payload.Incarnation, EntityId = payload.EntityId,
        Generation = payload.Generation, IssuedAt = DateTimeOffset.UtcNow,
    }, cellKey), 0);

    /// <summary>The newest report about an entity.</summary>
    public Report? Latest(Guid entityId) => Reports.Where(r => r.EntityId == entityId).MaxBy(r => r.Sequence);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        cellKey.Dispose();
    }

    private static AgentProblem Problem(int status, string code) => new() { Title = code, Status = status, Code = code };

    private static async Task AnswerAsync<TRequest, TReply>(HttpContext context, JsonTypeInfo<TRequest> requestJson,
        JsonTypeInfo<TReply> replyJson, Func<HttpContext, byte[], TRequest, Task<(TReply?, AgentProblem?)>> handle) where TReply : class
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var (reply, problem) = await handle(context, body.ToArray(), JsonSerializer.Deserialize(body.ToArray(), requestJson)!);
        context.Response.StatusCode = problem?.Status ?? 200;
        context.Response.ContentType = problem is null ? "application/json" : AgentProblem.MediaType;
        if (problem is not null) await JsonSerializer.SerializeAsync(context.Response.Body, problem, ProtocolJson.Default.AgentProblem);
        else await JsonSerializer.SerializeAsync(context.Response.Body, reply!, replyJson);
    }

    private AgentProblem? Refusal(HttpContext context, byte[] body)
    {
        if (Enrolled is null) return Problem(401, AgentErrorCodes.AgentUnknown);
        var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        var result = AgentAssertion.Verify(token, Enrolled.SigningKey, "POST", context.Request.Path, body, DateTimeOffset.UtcNow);
        if (result.Claims is not { } claims || claims.Sub != AgentId) return Problem(401, result.ErrorCode ?? AgentErrorCodes.AssertionInvalid);
        return assertionsSeen.TryAdd(claims.Jti, true) ? null : Problem(401, AgentErrorCodes.AssertionReplayed);
    }

    private Task<(EnrolReply?, AgentProblem?)> Enrol(HttpContext context, byte[] body, EnrolRequest request)
    {
        if (request.Token != Token) return Task.FromResult<(EnrolReply?, AgentProblem?)>((null, Problem(403, AgentErrorCodes.TokenInvalid)));
        if (Enrolled is not null && Enrolled.SigningKey != request.SigningKey)
            return Task.FromResult<(EnrolReply?, AgentProblem?)>((null, Problem(403, AgentErrorCodes.TokenUsed)));
        Enrolled = request;
        Interlocked.Increment(ref enrolments);
        return Task.FromResult<(EnrolReply?, AgentProblem?)>((new()
        {
            AgentId = AgentId, Cell = Cell, Incarnation = 1, CellKeys = [Jwk.OfSigning(cellKey)], ServerTime = DateTimeOffset.UtcNow,
        }, null));
    }

    private async Task<(SyncReply?, AgentProblem?)> SyncAsync(HttpContext context, byte[] body, SyncRequest request)
    {
        if (Refusal(context, body) is { } refusal) return (null, refusal);
        if (!request.Standby) Interlocked.Increment(ref syncs);
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var digest = SyncDigest.Compute(intents.Values.Where(i => i.Cursor <= request.Cursor)
                .Select(i => new DigestEntry(i.Payload.EntityId, i.Payload.Generation, i.Payload.ContentHash)));
            var full = request.Full || ForgetsEverything || (digest != request.Digest && !request.Standby);
            var news = intents.Values.Where(i => i.Cursor > request.Cursor || full).ToList();
            var stop = new List<string>();
            foreach (var (entity, (signed, sentAt)) in request.Standby ? [] : cancels.ToArray())
            {
                if (sentAt != 0 && TimeProvider.System.GetElapsedTime(sentAt).TotalSeconds < 5) continue;
                cancels[entity] = (signed, TimeProvider.System.GetTimestamp());
                stop.Add(signed);
            }

            if (full || news.Count > 0 || stop.Count > 0 || request.Standby || TimeProvider.System.GetElapsedTime(until).TotalSeconds >= request.HoldSeconds)
                return (Reply(full, ForgetsEverything ? [] : [.. news.Select(n => n.Signed)], stop), null);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, context.RequestAborted);
        }
    }

    private SyncReply Reply(bool full, IReadOnlyList<SignedIntent> news, IReadOnlyList<string> stop) => new()
    {
        Cursor = Interlocked.Read(ref cursor),
        NextDelaySeconds = full ? 0.3 : 0,
        Kind = full ? SyncKind.Full : SyncKind.Delta,
        Incarnation = 1,
        Digest = "",
        ServerTime = DateTimeOffset.UtcNow,
        Intents = news,
        Cancels = stop,
        Assigned = !full ? null : ForgetsEverything ? [] : [.. intents.Keys],
    };

    private Task<(ReportReply?, AgentProblem?)> Report(HttpContext context, byte[] body, ReportRequest request)
    {
        if ((IsDeaf ? Problem(503, AgentErrorCodes.Busy) : Refusal(context, body)) is { } refusal) return Task.FromResult<(ReportReply?, AgentProblem?)>((null, refusal));
        Heartbeats.Enqueue(request.Heartbeat);
        foreach (var report in request.Reports)
        {
            Reports.Enqueue(report);
            if (report.Status == ReportStatus.Removed) intents.TryRemove(report.EntityId, out _);
        }

        return Task.FromResult<(ReportReply?, AgentProblem?)>((new() { ServerTime = DateTimeOffset.UtcNow, NextHeartbeatSeconds = 5 }, null));
    }
}
