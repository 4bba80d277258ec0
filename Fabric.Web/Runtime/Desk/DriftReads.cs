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
    public async Task<DriftView?> GetAsync(Actor actor, Guid environmentId, CancellationToken ct)
    {
        if (await finder.CellOfAsync(actor, environmentId, ct) is not { } slug)
            return null;
        var cell = storage.Cells.Get(slug);
        if (await cell.ReadAsync(actor.Scope, db => db.Environments.SingleOrDefaultAsync(e => e.Id == environmentId, ct)) is not { } environment)
            return null;
        var findings = await cell.ReadAsync(actor.Scope, db => db.DriftFindings.Where(f => f.EnvironmentId == environmentId && f.State != DriftState.Gone).ToListAsync(ct));
        var mutes = await cell.ReadAsync(actor.Scope, db => db.DriftMutes.Where(m => m.EnvironmentId == environmentId).OrderBy(m => m.Type).ThenBy(m => m.Path).ToListAsync(ct));
        var checkedAt = await cell.ReadAsync(actor.Scope, db => db.Runs.Where(run => run.EnvironmentId == environmentId && run.Kind == RunKind.Check && run.State == RunState.Succeeded).MaxAsync(run => run.EndedAt, ct));
        var lines = new List<DriftLine>();
        foreach (var finding in findings.OrderBy(finding => finding.State).ThenBy(finding => finding.Node, StringComparer.Ordinal).ThenBy(finding => finding.Address, StringComparer.Ordinal))
            lines.Add(new DriftLine(finding, await AdoptionAsync(cell, environment, finding, ct)));
        return new DriftView(lines, mutes, checkedAt, await NextAsync(cell, environment, ct));
    }

    /// <summary>What a finding would become.</summary>
    public async Task<Adoption> AdoptionAsync(Cell cell, FabricEnvironment environment, DriftFinding finding, CancellationToken ct)
    {
        var generation = await cell.ReadAsync(TenantScope.All, db => db.Generations.SingleAsync(g => g.EnvironmentId == environment.Id && g.Number == environment.Generation, ct));
        var desired = await hosts.Get(cell.Slug).Catalog.DesiredAsync(generation, [], ct);
        var node = desired.Blueprint.Find(finding.Node);
        var type = node is null ? null : desired.TypeOf(node);
        return AdoptDrift.Of(finding, type is null ? null : Placement.Choose(type, environment.Cloud)?.Module, node?.Config);
    }

    private async Task<DateTimeOffset?> NextAsync(Cell cell, FabricEnvironment environment, CancellationToken ct)
    {
        if (options.Value.Every <= TimeSpan.Zero || environment.IsSimulated || environment.State is not EnvironmentState.Ready)
            return null;
        var last = await cell.ReadAsync(TenantScope.All, db => db.Runs.Where(run => run.EnvironmentId == environment.Id && run.Kind == RunKind.Check).MaxAsync(run => (DateTimeOffset?)run.CreatedAt, ct));
        return DriftSchedule.NextOf(environment.Id, last ?? environment.CreatedAt, options.Value.Every);
    }
}
