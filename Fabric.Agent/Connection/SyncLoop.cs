using Fabric.Protocol;
using Fabric.Protocol.Sync;
using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Connection;

/// <summary>Keeps one sync open, for ever.</summary>
internal sealed partial class SyncLoop(
    ServerClient server, SyncHandler handler, AgentStore store, AgentTimeouts timeouts, Retry retry, TimeProvider time, ILogger<SyncLoop> log)
{
    private bool online;

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var (wait, problem) = await OnceAsync(ct);
            if (wait is { } pause) await Task.Delay(pause, time, ct);
            else await retry.WaitAsync(problem, ct);
        }
    }

    /// <summary>Proves to the server that this agent may talk, and changes nothing: what a new pod does before the old one leaves.</summary>
    public async Task<bool> StandbyAsync(CancellationToken ct) =>
        store.State is not null && (await server.SyncAsync(Request("", full: false) with { Standby = true, HoldSeconds = 0 }, ct)).Reply is not null;

    private async Task<(TimeSpan? Wait, AgentProblem? Problem)> OnceAsync(CancellationToken ct)
    {
        try
        {
            var result = await server.SyncAsync(Request(await handler.DigestAsync(ct), handler.NeedsFull), ct);
            if (result.Reply is not { } reply)
            {
                if (online) LogOffline(log, result.Message);
                online = false;
                return (null, result.Problem);
            }

            if (!online) LogOnline(log);
            online = true;
            await handler.HandleAsync(reply, ct);
            retry.Succeeded();
            return (Retry.Jitter(TimeSpan.FromSeconds(Math.Clamp(reply.NextDelaySeconds, 0, 3600)), 0.5), null);
        }
        catch (InvalidOperationException e)
        {
            // The cluster did not take it; the cursor has not moved, so the same news come again.
            LogNotStored(log, e.Message);
            return (null, null);
        }
    }

    private SyncRequest Request(string digest, bool full)
    {
        var state = store.State!;
        return new()
        {
            AgentId = state.AgentId,
            Cursor = state.Cursor,
            Digest = digest,
            Incarnation = state.Incarnation,
            ProtocolVersion = ProtocolVersion.Current,
            HoldSeconds = (int)timeouts.Hold.TotalSeconds,
            Full = full,
        };
    }
}
