using Fabric.Workflows.Executors;
using Fabric.Workflows.Persistence;
using Microsoft.Extensions.Logging;

namespace Fabric.Workflows.Engine;

/// <summary>What the owners of one cell's environments share.</summary>
public sealed class EngineHost
{
    private readonly Dictionary<string, IExecutor> executors;
    private readonly Dictionary<string, SemaphoreSlim> budgets;

    /// <summary>Shares a cell among its owners.</summary>
    public EngineHost(Cell cell, IEnumerable<IExecutor> executors, RetryRules rules, TimeProvider time, ILogger<EngineHost> logger)
    {
        (Cell, Rules, Time, Logger) = (cell, rules, time, logger);
        this.executors = executors.ToDictionary(executor => executor.Name, StringComparer.Ordinal);
        budgets = this.executors.ToDictionary(pair => pair.Key, pair => new SemaphoreSlim(pair.Value.Budget), StringComparer.Ordinal);
        Catalog = new CellCatalog(cell);
    }

    /// <summary>The cell.</summary>
    public Cell Cell { get; }

    /// <summary>The cell's copies of blueprint versions and entity types.</summary>
    public CellCatalog Catalog { get; }

    /// <summary>Retries and time-outs.</summary>
    public RetryRules Rules { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Called after each commit with the time at which an environment must be woken, UTC.</summary>
    public Action<Guid, DateTimeOffset>? OnNextLook { get; set; }

    internal ILogger Logger { get; }

    /// <summary>The executor of a step; null when none of that name is installed on this server.</summary>
    public IExecutor? FindExecutor(string name) => executors.GetValueOrDefault(name);

    /// <summary>Bounds what one cell may have under way at once with one executor.</summary>
    internal SemaphoreSlim BudgetOf(string executor) => budgets[executor];
}
