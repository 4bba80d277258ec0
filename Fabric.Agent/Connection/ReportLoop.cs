using Fabric.Protocol;
using Fabric.Protocol.Reports;
using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Connection;

/// <summary>Sends news when there is some, a heartbeat when there is none; what was not acknowledged is sent again.</summary>
internal sealed partial class ReportLoop(
    ServerClient server, ReportQueue queue, AgentStore store, AgentFacts facts, Retry retry, TimeProvider time, ILogger<ReportLoop> log)
{
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            queue.Bell.TryRead(out _);
            var batch = queue.Peek();
            var result = await server.ReportAsync(Request(batch), ct);
            if (result.Reply is not { } reply)
            {
                LogFailed(log, batch.Count, result.Message);
                await retry.WaitAsync(result.Problem, ct);
                continue;
            }

            retry.Succeeded();
            queue.Acknowledge(batch);
            await WaitForNewsAsync(TimeSpan.FromSeconds(Math.Clamp(reply.NextHeartbeatSeconds, 1, 300)), ct);
        }
    }

    private async Task WaitForNewsAsync(TimeSpan heartbeat, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(heartbeat, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await queue.Bell.WaitToReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Time for a heartbeat.
        }
    }

    private ReportRequest Request(IReadOnlyList<Report> batch)
    {
        var state = store.State!;
        return new()
        {
            AgentId = state.AgentId,
            Incarnation = state.Incarnation,
            ProtocolVersion = ProtocolVersion.Current,
            Reports = batch,
            Heartbeat = facts.Heartbeat(state.Ledger.Count, queue.Count),
        };
    }
}
