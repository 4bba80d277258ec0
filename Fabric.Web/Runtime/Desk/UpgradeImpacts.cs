using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>What a blueprint would do to every environment that uses it, by what the cells know now. Nothing is changed.</summary>
internal sealed class UpgradeImpacts(EngineHosts hosts, EnvironmentFinder finder, BlueprintLibrary library, TimeProvider time)
{
    /// <summary>Asks every cell and plans each environment.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="target">A version, or the draft compiled under the number it would get.</param>
    /// <param name="draft">It is the draft.</param>
    /// <param name="refusal">Why nobody may become it; null when one may.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<BlueprintImpact> OfAsync(Actor actor, CompiledBlueprint target, bool draft, OperationFault? refusal, CancellationToken ct)
    {
        var found = await finder.AllAsync(actor, (db, token) => ReadAsync(db, target.Name, token), ct);
        var (lines, silent) = (new List<EnvironmentImpact>(), found.Unreachable.ToList());
        foreach (var (cell, rows) in found.Rows)
        {
            try
            {
                lines.AddRange(await CellAsync(cell, rows, target, refusal, ct));
            }
            catch (CellUnreachableException e)
            {
                silent.Add(new UnreachableCell(cell, e.Message));
            }
        }

        return new BlueprintImpact(
            target.Name, target.Version, draft, [.. lines.OrderBy(line => line.Tenant, StringComparer.Ordinal).ThenBy(line => line.Name, StringComparer.Ordinal)], silent);
    }

    private async Task<List<EnvironmentImpact>> CellAsync(string cell, Rows rows, CompiledBlueprint target, OperationFault? refusal, CancellationToken ct)
    {
        var host = hosts.Get(cell);
        var types = await host.Catalog.LookupAsync(target, library.Catalog, ct);
        var lines = new List<EnvironmentImpact>(rows.Environments.Count);
        foreach (var environment in rows.Environments)
        {
            // Destroyed while the rows were read: it uses nothing any more.
            if (!rows.Generations.TryGetValue(environment.Id, out var generation) || !rows.Revisions.TryGetValue(environment.Id, out var revision))
                continue;
            var entities = rows.Entities[environment.Id].ToList();
            var desired = await host.Catalog.DesiredAsync(generation, entities.Where(entity => entity.Stands).Select(entity => entity.Type).Distinct(), ct);
            var standing = new Standing(environment, desired, revision.Values, entities);
            var verdict = refusal is not null && generation.BlueprintVersion != target.Version
                ? new UpgradeVerdict([refusal], [])
                : UpgradeImpact.Of(standing, target, types, host.FindExecutor, time.GetUtcNow());
            lines.Add(Line(environment, generation, verdict));
        }

        return lines;
    }

    private static EnvironmentImpact Line(FabricEnvironment environment, Generation generation, UpgradeVerdict verdict) => new(
        environment.Id,
        environment.Tenant,
        environment.Name,
        environment.Cell,
        environment.Cloud,
        environment.State,
        generation.BlueprintVersion,
        verdict.CanUpgrade,
        [.. verdict.Faults.Select(fault => new ImpactReason(fault.Code, Sentence(fault), fault.Field))],
        ImpactCounts.Of(verdict.Steps),
        [.. verdict.Steps.Where(step => step.Kind is StepKind.Entity && step.Action is not PlanAction.None).Select(step => new ImpactStep(step.Node, step.Action))]);

    /// <summary>Schema checks speak of a field that stands beside them; here it stands in front.</summary>
    private static string Sentence(OperationFault fault) => fault.Code is "InvalidParameter" or "MissingAdopted" ? $"{fault.Field} {fault.Message}" : fault.Message;

    private static async Task<Rows> ReadAsync(CellDb db, string blueprint, CancellationToken ct)
    {
        var mine = db.Environments.Where(environment => environment.Blueprint == blueprint && !EnvironmentStates.Over.Contains(environment.State));
        var environments = await mine.ToListAsync(ct);
        var generations = await mine.Join(db.Generations, e => new { Id = e.Id, Number = e.Generation }, g => new { Id = g.EnvironmentId, g.Number }, (_, g) => g).ToDictionaryAsync(g => g.EnvironmentId, ct);
        var revisions = await mine.Join(db.Revisions, e => new { Id = e.Id, Number = e.Revision }, r => new { Id = r.EnvironmentId, r.Number }, (_, r) => r).ToDictionaryAsync(r => r.EnvironmentId, ct);
        var entities = await mine.Join(db.Entities, e => e.Id, entity => entity.EnvironmentId, (_, entity) => entity).ToListAsync(ct);
        return new Rows(environments, generations, revisions, entities.ToLookup(entity => entity.EnvironmentId));
    }

    private sealed record Rows(
        IReadOnlyList<FabricEnvironment> Environments, Dictionary<Guid, Generation> Generations, Dictionary<Guid, Revision> Revisions, ILookup<Guid, Entity> Entities);
}
