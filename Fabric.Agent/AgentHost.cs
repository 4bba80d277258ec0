using Fabric.Agent.Connection;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile;
using Microsoft.Extensions.Logging;

namespace Fabric.Agent;

/// <summary>Puts the parts together and runs them: enrol, wait for the lease, then sync, report and reconcile until told to stop.</summary>
internal sealed class AgentHost(AgentConfig config, ILoggerFactory logs, TimeProvider time)
{
    private volatile bool ready;

    public async Task RunAsync(CancellationToken ct)
    {
        var timeouts = config.Timeouts;
        using var cluster = new KubeCluster(config.Kubeconfig, timeouts);
        using var store = new AgentStore(cluster, config.Namespace);
        using var keys = await store.LoadKeysAsync(ct);
        await store.LoadStateAsync(ct);
        var facts = await AgentFacts.ReadAsync(cluster, config, time.GetUtcNow(), ct);
        using var http = new HttpClient(ServerTrust.Handler(config.Authorities)) { BaseAddress = config.Url, Timeout = Timeout.InfiniteTimeSpan };
        var server = new ServerClient(http, keys, timeouts, time);
        var queue = new ReportQueue(time);
        var intents = new IntentStore(cluster, config.Namespace);
        var remover = new Remover(cluster);
        var applying = new ApplyPass(new WaveWalker(new Applier(cluster, keys.Sealing), time), remover, new OperationPass(cluster, timeouts, time), timeouts);
        var reconciler = new Reconciler(
            intents, store, applying, new RemovePass(remover, new Claims(cluster), timeouts), queue, timeouts, time, logs.CreateLogger<Reconciler>());
        var handler = new SyncHandler(intents, store, queue, reconciler, time, logs.CreateLogger<SyncHandler>());
        var sync = new SyncLoop(server, handler, store, timeouts, new Retry(timeouts, time), time, logs.CreateLogger<SyncLoop>());
        var reports = new ReportLoop(server, queue, store, facts, new Retry(timeouts, time), time, logs.CreateLogger<ReportLoop>());
        var enroller = new Enroller(server, store, keys, facts, config, new Retry(timeouts, time), time, logs.CreateLogger<Enroller>());
        var guard = new LeaseGuard(cluster, config.Namespace, timeouts, time, logs.CreateLogger<LeaseGuard>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var health = config.HealthPort > 0 ? new HealthEndpoint(config.HealthPort, () => ready).RunAsync(stop.Token) : Task.CompletedTask;
        var standby = StandbyAsync(sync, timeouts, stop.Token);
        try
        {
            while (!ct.IsCancellationRequested)
                await guard.RunAsync(async held =>
                {
                    await store.LoadStateAsync(held);
                    await enroller.EnsureAsync(held);
                    ready = true;
                    await RunAllAsync([sync.RunAsync, reports.RunAsync, reconciler.RunAsync, enroller.FollowAsync], held);
                }, ct);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(health, standby).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Until this pod has the lease it proves that it could: then the old pod may leave.</summary>
    private async Task StandbyAsync(SyncLoop sync, AgentTimeouts timeouts, CancellationToken ct)
    {
        while (!ready && !ct.IsCancellationRequested)
        {
            await Task.Delay(timeouts.LeaseRetry, time, ct);
            if (await sync.StandbyAsync(ct)) ready = true;
        }
    }

    /// <summary>A loop that ends takes the others with it.</summary>
    private static async Task RunAllAsync(Func<CancellationToken, Task>[] loops, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = loops.Select(loop => loop(stop.Token)).ToList();
        await Task.WhenAny(running);
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }
}
