using System.Collections.Concurrent;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.AgentApi;

/// <summary>Releases polls that wait, when an intent for their agent becomes durable or the agent is trusted no more.</summary>
internal sealed class AgentSignals(FabricStorage storage)
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> waiters = new();
    private readonly ConcurrentDictionary<string, Lazy<IDisposable>> attached = new(StringComparer.Ordinal);

    /// <summary>Completes with the next intent for the agent. Taken before the database is read, so that nothing is missed.</summary>
    public Task Next(Guid agentId)
    {
        foreach (var cell in storage.Cells.All)
            _ = attached.GetOrAdd(cell.Slug, _ => new Lazy<IDisposable>(() => cell.Journal.Subscribe(Publish))).Value;
        return waiters.GetOrAdd(agentId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private void Publish(IReadOnlyList<object> rows)
    {
        foreach (var row in rows)
        {
            var concerned = row switch
            {
                Intent intent => intent.AgentId,
                AgentRecord { RevokedAt: not null } revoked => revoked.Id,
                _ => Guid.Empty,
            };
            if (concerned != Guid.Empty && waiters.TryRemove(concerned, out var waiter))
                waiter.TrySetResult();
        }
    }
}
