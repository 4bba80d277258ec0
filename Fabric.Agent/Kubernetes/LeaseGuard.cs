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
        while (!await TryTakeAsync(ct)) await Task.Delay(timeouts.LeaseRetry, time, ct);
        LogTaken(log, key.Name);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var working = work(stop.Token);
        try
        {
            await KeepAsync(working, ct);
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

    private async Task KeepAsync(Task working, CancellationToken ct)
    {
        var renewedAt = time.GetTimestamp();
        while (!working.IsCompleted && !ct.IsCancellationRequested)
        {
            await Task.WhenAny(working, Task.Delay(timeouts.LeaseRetry, time, ct));
            if (working.IsCompleted || ct.IsCancellationRequested) return;
            if (await TryTakeAsync(ct)) renewedAt = time.GetTimestamp();
            else if (time.GetElapsedTime(renewedAt) > timeouts.LeaseRenewDeadline)
            {
                LogLost(log, key.Name);
                return;
            }
        }
    }

    private async Task<bool> TryTakeAsync(CancellationToken ct)
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
