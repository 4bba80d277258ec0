using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Runtime;

/// <summary>Starts looks for drift when they are due. A look holds nothing up: a change that comes goes before it.</summary>
internal sealed partial class DriftChecks(FabricStorage storage, EnvironmentChanges changes, IOptions<DriftOptions> options, TimeProvider time, ILogger<DriftChecks> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);
    private static readonly RunState[] Going = [.. Enum.GetValues<RunState>().Where(state => !state.IsTerminal())];
    private readonly SemaphoreSlim gate = new(1, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Every <= TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await StartDueAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends; what was started goes on with the next one.
        }
    }

    /// <summary>Starts every look that is due now.</summary>
    /// <returns>The environments that are looked at.</returns>
    internal async Task<IReadOnlyList<Guid>> StartDueAsync(CancellationToken ct)
    {
        // Whoever asks beside the beat sees the looks that it has started, and starts none again.
        await gate.WaitAsync(ct);
        try
        {
            return await StartThoseDueAsync(ct);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<IReadOnlyList<Guid>> StartThoseDueAsync(CancellationToken ct)
    {
        var candidates = new List<DriftCandidate>();
        foreach (var cell in storage.Cells.All)
            candidates.AddRange(await CandidatesAsync(cell, ct));
        var started = new List<Guid>();
        foreach (var id in DriftSchedule.Due(candidates, options.Value, time.GetUtcNow()))
        {
            if (await StartAsync(id, ct))
                started.Add(id);
        }

        return started;
    }

    /// <summary>Environments that are looked at when they are due: those of a real cloud in which something stands, well or not.</summary>
    internal static IQueryable<FabricEnvironment> Covered(CellDb db) => db.Environments.Where(e =>
        e.Cloud != FabricEnvironment.SandboxCloud && !EnvironmentStates.Over.Contains(e.State)
        && db.Entities.Any(entity => entity.EnvironmentId == e.Id && !entity.NoOp && !EntityStates.Gone.Contains(entity.State)));

    private async Task<bool> StartAsync(Guid environmentId, CancellationToken ct)
    {
        try
        {
            return (await changes.AskAsync(Actor.System, environmentId, new StartRun(Actor.System, RunKind.Check, Why: "The schedule of looks for drift."), ct)).Succeeded;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // The loop that owns the work: it is due still, and asked for again.
            LogNotStarted(logger, e, environmentId);
            return false;
        }
    }

    private async Task<IReadOnlyList<DriftCandidate>> CandidatesAsync(Cell cell, CancellationToken ct)
    {
        try
        {
            return await cell.ReadAsync(TenantScope.All, db => ReadAsync(db, ct));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogNotRead(logger, e, cell.Slug);
            return [];
        }
    }

    private static async Task<List<DriftCandidate>> ReadAsync(CellDb db, CancellationToken ct)
    {
        var real = await Covered(db).ToListAsync(ct);
        var looks = await db.Runs.Where(run => run.Kind == RunKind.Check).GroupBy(run => run.EnvironmentId).Select(group => new { group.Key, At = group.Max(run => run.CreatedAt) }).ToDictionaryAsync(group => group.Key, group => group.At, ct);
        var going = await db.Runs.Where(run => run.Kind == RunKind.Check && Going.Contains(run.State)).Select(run => run.EnvironmentId).ToListAsync(ct);
        return [.. real.Select(e => new DriftCandidate(
            e.Id, e.AccountId, looks.TryGetValue(e.Id, out var at) ? at : e.CreatedAt, e.ActiveRunId is null && e.PendingRunId is null, going.Contains(e.Id)))];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The look for drift in environment {EnvironmentId} could not be started; it is tried again.")]
    private static partial void LogNotStarted(ILogger logger, Exception exception, Guid environmentId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cell {Cell} could not be asked which environments are to be looked at for drift; it is tried again.")]
    private static partial void LogNotRead(ILogger logger, Exception exception, string cell);
}

/// <summary>Holds the server's start while its schedule cannot be right.</summary>
internal sealed class DriftOptionsCheck : IValidateOptions<DriftOptions>
{
    public ValidateOptionsResult Validate(string? name, DriftOptions options) =>
        options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
