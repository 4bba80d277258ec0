using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Kubernetes;

/// <summary>
/// One agent at a time per cluster. Others' leases end by our own clock, counted from when we saw them change, so clocks need not agree.
/// </summary>
internal sealed partial class LeaseGuard(ICluster cluster, string ns, AgentTimeouts timeouts, TimeProvider time, ILogger<LeaseGuard> log)
{
    private readonly ObjectKey key = new("coordination.k8s.io/v1", "Lease", ns, "fabric-agent");
    private readonly string holder = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.CreateVersion7(time.GetUtcNow()):N}";
    private string? seen;
    private long seenAt;

    /// <summary>Waits until the lease is ours, then runs <paramref name="work"/> until it ends, the lease is lost or <paramref name="ct"/> fires.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        LogWaiting(log, key.Name);
        long? taken;
        while ((taken = await TryTakeAsync(timeouts.LeaseRenewDeadline, ct)) is null) await Task.Delay(timeouts.LeaseRetry, time, ct);
        LogTaken(log, key.Name);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var working = work(stop.Token);
        try
        {
            await KeepAsync(working, taken.Value, ct);
        }
        finally
        {
            await stop.CancelAsync();
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ReleaseAsync();
        }

        ct.ThrowIfCancellationRequested();
        if (working.IsFaulted) await working;
    }

    /// <param name="working">The work that the lease is for.</param>
    /// <param name="renewedAt">When the lease was last asked for and given.</param>
    /// <param name="ct">Ends the work.</param>
    private async Task KeepAsync(Task working, long renewedAt, CancellationToken ct)
    {
        while (!working.IsCompleted && !ct.IsCancellationRequested)
        {
            await Task.WhenAny(working, Task.Delay(timeouts.LeaseRetry, time, ct));
            if (working.IsCompleted || ct.IsCancellationRequested) return;
            if (await TryTakeAsync(timeouts.LeaseRenewDeadline - time.GetElapsedTime(renewedAt), ct) is { } again) renewedAt = again;
            else if (time.GetElapsedTime(renewedAt) >= timeouts.LeaseRenewDeadline)
            {
                LogLost(log, key.Name);
                return;
            }
        }
    }

    /// <summary>
    /// Tries for as long as <paramref name="limit"/>, however slow the API server. The lease counts from before it was asked for: others count
    /// from when they see it written, which is later.
    /// </summary>
    /// <returns>When it was asked for; null when it is not ours.</returns>
    private async Task<long?> TryTakeAsync(TimeSpan limit, CancellationToken ct)
    {
        if (limit <= TimeSpan.Zero) return null;
        var asked = time.GetTimestamp();
        using var cut = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, cut.Token);
        try
        {
            return await TakeAsync(both.Token) ? asked : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<bool> TakeAsync(CancellationToken ct)
    {
        var live = await cluster.GetAsync(key, ct);
        if (live.NotFound) return (await cluster.CreateAsync(key, Body(null), ct)).Ok;
        if (live is not { Ok: true, Body: { } body }) return false;
        var current = body["spec"]?["holderIdentity"]?.GetValue<string>();
        var version = body["metadata"]!["resourceVersion"]!.GetValue<string>();
        if (!string.IsNullOrEmpty(current) && current != holder)
        {
            if (seen != version) (seen, seenAt) = (version, time.GetTimestamp());
            if (time.GetElapsedTime(seenAt) < timeouts.LeaseDuration) return false;
        }

        return (await cluster.ReplaceAsync(key, Body(version), ct)).Ok;
    }

    private async Task ReleaseAsync()
    {
        using var limit = new CancellationTokenSource(timeouts.LeaseRetry, time);
        var free = new JsonObject { ["spec"] = new JsonObject { ["holderIdentity"] = "" } };
        try
        {
            var live = await cluster.GetAsync(key, limit.Token);
            if (live.Body?["spec"]?["holderIdentity"]?.GetValue<string>() == holder)
                await cluster.PatchAsync(key, free, false, new("fabric-agent"), limit.Token);
        }
        catch (OperationCanceledException)
        {
            // It runs out by itself.
        }
    }

    private JsonObject Body(string? version)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var metadata = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace };
        if (version is not null) metadata["resourceVersion"] = version;
        return new JsonObject
        {
            ["apiVersion"] = key.ApiVersion,
            ["kind"] = key.Kind,
            ["metadata"] = metadata,
            ["spec"] = new JsonObject
            {
                ["holderIdentity"] = holder,
                ["leaseDurationSeconds"] = Math.Max(1, (int)timeouts.LeaseDuration.TotalSeconds),
                ["renewTime"] = now,
            },
        };
    }
}
