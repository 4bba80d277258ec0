using System.Collections.Concurrent;
using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Web.AgentApi;

/// <summary>
/// Releases polls that wait, when something for their agent becomes durable: an intent, a step that was given up, an environment that it serves
/// from now on, or that it is trusted no more.
/// </summary>
internal sealed class AgentSignals(FabricStorage storage)
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> waiters = new();
    private readonly ConcurrentDictionary<string, Lazy<IDisposable>> attached = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, Guid> serving = new();

    /// <summary>Completes with the next news for the agent. Taken before the database is read, so that nothing is missed.</summary>
    public Task Next(Guid agentId)
    {
        foreach (var cell in storage.Cells.All)
            _ = attached.GetOrAdd(cell.Slug, _ => new Lazy<IDisposable>(() => cell.Journal.Subscribe(Publish))).Value;
        return waiters.GetOrAdd(agentId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Remembers whom the news of these environments are for.</summary>
    /// <returns>True when that was not known of all: what was committed meanwhile released nobody, so the caller reads again.</returns>
    public bool Serves(Guid agentId, IEnumerable<Guid> environments)
    {
        var news = false;
        foreach (var environment in environments)
        {
            // What somebody else is known for is forgotten and not taken: the caller may be the one that was replaced since it read.
            var known = serving.TryGetValue(environment, out var served);
            if (known && served == agentId)
                continue;
            news = true;
            if (known && serving.TryRemove(KeyValuePair.Create(environment, served)))
                Release(served);
            else if (!known)
                serving.TryAdd(environment, agentId);
        }

        return news;
    }

    private void Publish(IReadOnlyList<object> rows)
    {
        foreach (var row in rows)
        {
            switch (row)
            {
                case Intent intent:
                    Release(serving.GetValueOrDefault(intent.EnvironmentId, intent.AgentId));
                    break;
                case Step step when IntentKey.GivesUp(step) && serving.TryGetValue(step.EnvironmentId, out var agent):
                    Release(agent);
                    break;
                case AgentBinding binding:
                    if (serving.TryGetValue(binding.EnvironmentId, out var before))
                        Release(before);
                    serving[binding.EnvironmentId] = binding.AgentId;
                    Release(binding.AgentId);
                    break;
                case AgentRecord { RevokedAt: not null } revoked:
                    Release(revoked.Id);
                    break;
            }
        }
    }

    private void Release(Guid agentId)
    {
        if (waiters.TryRemove(agentId, out var waiter))
            waiter.TrySetResult();
    }
}
