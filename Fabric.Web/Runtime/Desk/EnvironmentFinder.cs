using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Finds the cell of an environment, a run or an agent, within what an actor may see.</summary>
internal sealed class EnvironmentFinder(FabricStorage storage, TimeProvider time)
{
    /// <summary>The cell of an environment; null when the actor sees none of that id.</summary>
    public async Task<string?> CellOfAsync(Actor actor, Guid environmentId, CancellationToken ct) =>
        (await storage.Environments.FindAsync(environmentId, actor.Scope, ct))?.Cell;

    /// <summary>Cell and environment of a run; null when the actor sees none of that id.</summary>
    /// <exception cref="CellUnreachableException">No cell that answers has it, and one does not answer.</exception>
    public Task<(string Cell, Guid EnvironmentId)?> RunAsync(Actor actor, Guid runId, CancellationToken ct) =>
        FirstAsync(actor, (db, token) => db.Runs.Where(run => run.Id == runId).Select(run => (Guid?)run.EnvironmentId).SingleOrDefaultAsync(token), ct);

    /// <summary>Cell of an agent; null when the actor sees none of that id.</summary>
    /// <exception cref="CellUnreachableException">No cell that answers has it, and one does not answer.</exception>
    public Task<(string Cell, Guid Id)?> AgentAsync(Actor actor, Guid agentId, CancellationToken ct) =>
        FirstAsync(actor, (db, token) => db.Agents.Where(agent => agent.Id == agentId).Select(agent => (Guid?)agent.Id).SingleOrDefaultAsync(token), ct);

    /// <summary>Asks every cell at once.</summary>
    public Task<FanOut<T>> AllAsync<T>(Actor actor, Func<CellDb, CancellationToken, Task<T>> query, CancellationToken ct) =>
        CellQuery.FanOutAsync(storage.Cells, actor.Scope, query, storage.Cells.AnswerWithin, time, ct);

    private async Task<(string, Guid)?> FirstAsync(Actor actor, Func<CellDb, CancellationToken, Task<Guid?>> query, CancellationToken ct)
    {
        var found = await AllAsync(actor, query, ct);
        foreach (var row in found.Rows)
        {
            if (row.Value is { } id)
                return (row.Cell, id);
        }

        // Nobody can say that it is not there while somebody who may have it does not answer.
        return found.Unreachable is [var silent, ..] ? throw new CellUnreachableException(silent.Cell, silent.Sentence) : null;
    }
}
