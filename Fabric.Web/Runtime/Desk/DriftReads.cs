using System.Linq.Expressions;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Reads what stands otherwise than it was deployed, and what each finding could become in the configuration.</summary>
internal sealed class DriftReads(FabricStorage storage, EngineHosts hosts, EnvironmentFinder finder, IOptions<DriftOptions> options)
{
    private const int Applies = 100;

    public async Task<DriftView?> GetAsync(Actor actor, Guid environmentId, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } slug)
            return null;
        var cell = storage.Cells.Get(slug);
        if (await cell.ReadAsync(actor.Scope, db => db.Environments.SingleOrDefaultAsync(e => e.Id == environmentId, ct)) is not { } environment)
            return null;
        var findings = await FindingsAsync(cell, actor, environmentId, finding => finding.State != DriftState.Gone, ct);
        var mutes = await cell.ReadAsync(actor.Scope, db => db.DriftMutes.Where(m => m.EnvironmentId == environmentId).OrderBy(m => m.Type).ThenBy(m => m.Path).ToListAsync(ct));
        var checkedAt = await cell.ReadAsync(actor.Scope, db => db.Runs.Where(run => run.EnvironmentId == environmentId && run.Kind == RunKind.Check && run.State == RunState.Succeeded).MaxAsync(run => run.EndedAt, ct));
        // What was adopted is configuration; once somebody has looked after that, it is no difference any more.
        var shown = findings.Where(finding => finding.State is not DriftState.Adopted || !(checkedAt > finding.SeenAt)).ToList();
        var adoptions = shown.Count == 0 ? new Dictionary<Guid, Adoption>() : await AdoptionsAsync(cell, environment, shown, ct);
        var lines = shown.Select(finding => new DriftLine(finding, adoptions[finding.Id]))
            .OrderBy(line => line.Finding.State).ThenBy(line => line.Finding.Node, StringComparer.Ordinal).ThenBy(line => line.Finding.Address, StringComparer.Ordinal);
        return new DriftView([.. lines], mutes, checkedAt, await NextAsync(cell, environment, ct));
    }

    /// <summary>Findings of an environment as they stand beside the run that was to bring them back.</summary>
    public static async Task<IReadOnlyList<DriftFinding>> FindingsAsync(Cell cell, Actor actor, Guid environmentId, Expression<Func<DriftFinding, bool>> which, CancellationToken ct)
    {
        var findings = await cell.ReadAsync(actor.Scope, db => db.DriftFindings.Where(finding => finding.EnvironmentId == environmentId).Where(which).ToListAsync(ct));
        if (findings.TrueForAll(finding => finding.State is not DriftState.Reverting))
            return findings;
        var applies = await cell.ReadAsync(
            actor.Scope, db => db.Runs.Where(run => run.EnvironmentId == environmentId && run.Kind == RunKind.Apply).OrderByDescending(run => run.Number).Take(Applies).ToListAsync(ct));
        return [.. findings.Select(finding => RevertDrift.Beside(finding, applies))];
    }

    /// <summary>What findings would become, by their ids.</summary>
    public async Task<IReadOnlyDictionary<Guid, Adoption>> AdoptionsAsync(Cell cell, FabricEnvironment environment, IReadOnlyList<DriftFinding> findings, CancellationToken ct)
    {
        var generation = await cell.ReadAsync(TenantScope.All, db => db.Generations.SingleAsync(g => g.EnvironmentId == environment.Id && g.Number == environment.Generation, ct));
        var desired = await hosts.Get(cell.Slug).Catalog.DesiredAsync(generation, [], ct);
        return findings.ToDictionary(finding => finding.Id, finding =>
        {
            var node = desired.Blueprint.Find(finding.Node);
            var type = node is null ? null : desired.TypeOf(node);
            return AdoptDrift.Of(finding, type is null ? null : Placement.Choose(type, environment.Cloud)?.Module, node?.Config);
        });
    }

    private async Task<DateTimeOffset?> NextAsync(Cell cell, FabricEnvironment environment, CancellationToken ct)
    {
        if (options.Value.Every <= TimeSpan.Zero || environment is not { ActiveRunId: null, PendingRunId: null })
            return null;
        if (!await cell.ReadAsync(TenantScope.All, db => DriftChecks.Covered(db).AnyAsync(e => e.Id == environment.Id, ct)))
            return null;
        var last = await cell.ReadAsync(TenantScope.All, db => db.Runs.Where(run => run.EnvironmentId == environment.Id && run.Kind == RunKind.Check).MaxAsync(run => (DateTimeOffset?)run.CreatedAt, ct));
        return DriftSchedule.NextOf(environment.Id, last ?? environment.CreatedAt, options.Value.Every);
    }
}
