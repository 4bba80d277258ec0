using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Tells pages, after each commit, which environments it touched. What it says is a hint to read, never data.</summary>
internal sealed class LiveFeed(FabricStorage storage)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> attached = [];
    private readonly List<Watcher> watchers = [];

    /// <summary>Calls back after every commit within the actor's scope.</summary>
    public IDisposable Watch(Actor actor, Guid? environmentId, Action<Guid?> changed)
    {
        var watcher = new Watcher(this, actor.Scope, environmentId, changed);
        lock (gate)
        {
            watchers.Add(watcher);
            foreach (var cell in storage.Cells.All.Where(cell => attached.Add(cell.Slug)))
                cell.Journal.Subscribe(Publish);
        }

        return watcher;
    }

    private void Publish(IReadOnlyList<object> rows)
    {
        var touched = new HashSet<(string Tenant, Guid? Environment)>();
        foreach (var row in rows)
        {
            if (Touches(row) is { } touch)
                touched.Add(touch);
        }

        if (touched.Count == 0)
            return;
        Watcher[] current;
        lock (gate)
            current = [.. watchers];
        foreach (var watcher in current)
            watcher.Tell(touched);
    }

    private static (string, Guid?)? Touches(object row) => row switch
    {
        FabricEnvironment e => (e.Tenant, e.Id),
        Run r => (r.Tenant, r.EnvironmentId),
        Step s => (s.Tenant, s.EnvironmentId),
        Entity e => (e.Tenant, e.EnvironmentId),
        RunEvent e => (e.Tenant, e.EnvironmentId),
        AgentBinding b => (b.Tenant, b.EnvironmentId),
        IntentReport r => (r.Tenant, r.EnvironmentId),
        StepLog l => (l.Tenant, l.EnvironmentId),
        StateVersion v => (v.Tenant, v.EnvironmentId),
        StateLock l => (l.Tenant, l.EnvironmentId),
        DriftFinding f => (f.Tenant, f.EnvironmentId),
        DriftMute m => (m.Tenant, m.EnvironmentId),
        AgentRecord a => (a.Tenant, null),
        _ => null,
    };

    private void Remove(Watcher watcher)
    {
        lock (gate)
            watchers.Remove(watcher);
    }

    private sealed class Watcher(LiveFeed feed, TenantScope scope, Guid? environmentId, Action<Guid?> changed) : IDisposable
    {
        public void Tell(HashSet<(string Tenant, Guid? Environment)> touched)
        {
            foreach (var (tenant, environment) in touched)
            {
                if (scope.Includes(tenant) && (environmentId is null || environment is null || environment == environmentId))
                    changed(environment);
            }
        }

        public void Dispose() => feed.Remove(this);
    }
}
