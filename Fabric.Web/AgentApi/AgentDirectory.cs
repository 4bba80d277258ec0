using System.Collections.Concurrent;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.AgentApi;

/// <summary>Finds the cell of an agent. Where an agent lives never changes, so it is remembered; its row is read anew each time.</summary>
internal sealed class AgentDirectory(FabricStorage storage, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<Guid, string> cells = new();

    /// <summary>Cell and row; null when no cell knows the agent.</summary>
    /// <exception cref="CellUnreachableException">A cell that may know it does not answer: the agent's own refusal would be final.</exception>
    public async Task<(Cell Cell, AgentRecord Agent)?> FindAsync(Guid id, CancellationToken ct)
    {
        if (!cells.TryGetValue(id, out var slug))
        {
            var found = await CellQuery.FanOutAsync(storage.Cells, TenantScope.All, (db, token) => db.Agents.AnyAsync(agent => agent.Id == id, token), Deadline, time, ct);
            if (found.Rows.FirstOrDefault(row => row.Value)?.Cell is not { } home)
                return found.Unreachable is [var silent, ..] ? throw new CellUnreachableException(silent.Cell, silent.Sentence) : null;
            cells[id] = slug = home;
        }

        var cell = storage.Cells.Get(slug);
        return await cell.ReadAsync(TenantScope.All, db => db.Agents.SingleOrDefaultAsync(agent => agent.Id == id, ct)) is { } row ? (cell, row) : null;
    }
}
