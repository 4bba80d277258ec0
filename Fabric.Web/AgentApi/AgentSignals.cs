using System.Collections.Concurrent;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.AgentApi;

/// <summary>Releases polls that wait, when an intent for their agent becomes durable.</summary>
internal sealed class AgentSignals(FabricStorage storage)
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> waiters = new();
    private readonly ConcurrentDictionary<string, IDisposable> attached = new(StringComparer.Ordinal);

    /// <summary>Completes with the next intent for the agent. Taken before the database is read, so that nothing is missed.</summary>
    public Task Next(Guid agentId)
    {
        foreach (var cell in storage.Cells.All)
            attached.GetOrAdd(cell.Slug, _ => cell.Journal.Subscribe(Publish));
        return waiters.GetOrAdd(agentId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private void Publish(IReadOnlyList<object> rows)
    {
        foreach (var row in rows)
        {
            if (row is Intent intent && waiters.TryRemove(intent.AgentId, out var waiter))
                waiter.TrySetResult();
        }
    }
}
