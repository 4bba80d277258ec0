using System.Collections.Concurrent;
using System.Threading.Channels;
using Fabric.Agent.Connection;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;
using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Reconcile;

/// <summary>
/// Looks at every intent when its time has come. Level-triggered: each look starts from the signed object and the cluster as it is, so a crash,
/// a repeat and a missed event are all the same. It needs no control plane.
/// </summary>
internal sealed partial class Reconciler(
    IntentStore intents, AgentStore store, ApplyPass applying, RemovePass removing, ReportQueue queue, AgentTimeouts timeouts, TimeProvider time, ILogger<Reconciler> log)
{
    private const int SideBySide = 4;
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, (string Jws, long At)> looks = new();
    private readonly ConcurrentDictionary<Guid, long> removed = new();

    /// <summary>Something was written: look now, at what changed or at everything.</summary>
    public void Wake(bool everything)
    {
        if (everything) looks.Clear();
        bell.Writer.TryWrite(true);
    }

    public async Task RunAsync(CancellationToken ct)
    {
        queue.Acknowledged += OnAcknowledged;
        try
        {
            while (!ct.IsCancellationRequested)
            {
                bell.Reader.TryRead(out _);
                var wait = await LookAroundAsync(ct);
                await WaitAsync(wait, ct);
            }
        }
        finally
        {
            queue.Acknowledged -= OnAcknowledged;
        }
    }

    private void OnAcknowledged(Report report)
    {
        if (report.Status != ReportStatus.Removed) return;
        removed[report.EntityId] = report.Generation;
        Wake(everything: true);
    }

    private async Task<TimeSpan> LookAroundAsync(CancellationToken ct)
    {
        try
        {
            var found = await intents.ListAsync(ct);
            var now = time.GetTimestamp();
            var due = found.Where(i => !looks.TryGetValue(i.Name, out var look) || look.Jws != i.Jws + i.Cancel || look.At <= now).ToList();
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = ct },
                async (intent, stop) => await LookAsync(intent, stop));
            foreach (var name in looks.Keys.Except(found.Select(i => i.Name)).ToList()) looks.TryRemove(name, out _);
        }
        catch (InvalidOperationException e)
        {
            LogFailed(log, e.Message);
            return timeouts.BusyLook;
        }

        var next = looks.IsEmpty ? timeouts.Resync : looks.Values.Select(l => l.At).Min() is var at && at <= time.GetTimestamp()
            ? TimeSpan.Zero
            : time.GetElapsedTime(time.GetTimestamp(), at);
        return next < timeouts.Resync ? next : timeouts.Resync;
    }

    private async Task LookAsync(IntentObject intent, CancellationToken ct)
    {
        var look = timeouts.Resync;
        try
        {
            look = await ReconcileAsync(intent, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The loop that owns the work: one entity's bug must not stop the others.
            LogBroken(log, intent.Name, e);
        }

        looks[intent.Name] = (intent.Jws + intent.Cancel, time.GetTimestamp() + (long)(look.TotalSeconds * time.TimestampFrequency));
    }

    private async Task<TimeSpan> ReconcileAsync(IntentObject intent, CancellationToken ct)
    {
        var state = store.State!;
        var verdict = IntentVerifier.Found(intent, state);
        if (!verdict.Trusted)
        {
            LogRefused(log, intent.Name, verdict.Reason);
            queue.Publish(Reports.Refused(verdict, time.GetUtcNow()), "object/" + intent.Name);
            return timeouts.Resync;
        }

        var payload = verdict.Payload!;
        var before = intent.Progress;
        var gone = payload.Kind == IntentKind.Remove && before.For(payload.Incarnation, payload.Generation).Completed;
        if (gone && removed.TryGetValue(payload.EntityId, out var known) && known == payload.Generation)
            return await ForgetAsync(intent, payload, ct);

        // A removal that is done is mentioned no more because the server knows: it is said again until that answer has come, and then forgotten.
        if (!gone && state.Ledger.TryGetValue(payload.EntityId, out var entry) && entry.Unassigned)
        {
            queue.Publish(Reports.Unassigned(payload, time.GetUtcNow()));
            return timeouts.Resync;
        }

        var result = await PassAsync(intent, payload, before, verdict.Cancelled, ct);
        var after = result.Progress with { Conditions = Reports.Conditions(before.Conditions, result.Progress, time.GetUtcNow()) };
        if (!Reports.SameProgress(before, after)) await intents.PutProgressAsync(intent.Name, after, ct);
        if (before.Health != after.Health) LogStatus(log, intent.Name, payload.Generation, after.Health, after.Reason);
        queue.Publish(Reports.Of(payload, result, time.GetUtcNow()));
        return result.Look;
    }

    private async Task<PassResult> PassAsync(IntentObject intent, IntentPayload payload, IntentProgress before, bool cancelled, CancellationToken ct)
    {
        var progress = before.For(payload.Incarnation, payload.Generation);
        if (cancelled && !progress.Completed)
            return new(progress with { Health = ReportStatus.Failed, Reason = ReportReasons.Cancelled, Message = "Cancelled; what was applied stays as it is." }, timeouts.Resync);
        if (payload.Kind == IntentKind.Remove) return await removing.RunAsync(payload, progress, ct);

        // On record before the first write: nothing is ever in the cluster that the inventory does not know.
        var held = progress.Holding(Manifest.Read(payload).Objects.Select(InventoryEntry.Of));
        if (!ReferenceEquals(held, before) && !Reports.SameProgress(held, before))
        {
            var stored = await intents.PutProgressAsync(intent.Name, held, ct);
            if (!stored.Ok) return new(held with { Health = ReportStatus.Applying, Reason = ReportReasons.ClusterUnreachable, Message = stored.Message }, timeouts.BusyLook);
        }

        return await applying.RunAsync(payload, held, ct);
    }

    private async Task<TimeSpan> ForgetAsync(IntentObject intent, IntentPayload payload, CancellationToken ct)
    {
        if (await intents.DeleteAsync(intent, ct) is { Ok: true } or { NotFound: true }) LogGone(log, intent.Name, payload.Generation);
        return timeouts.BusyLook;
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken ct)
    {
        if (wait <= TimeSpan.Zero) return;
        using var limit = new CancellationTokenSource(wait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await bell.Reader.WaitToReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Time to look.
        }
    }
}
