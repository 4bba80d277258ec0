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

/// <summary>Plans of changes that nobody made yet: the very planning a run would do, on a copy.</summary>
internal sealed class Previews(FabricStorage storage, EngineHosts hosts)
{
    /// <summary>The plan of a new environment.</summary>
    public Outcome<PlanPreview> OfNew(EnvironmentCreation.Draft draft) => Of(
        hosts.Get(draft.Environment.Cell), draft.Environment, new DesiredState(draft.Generation, draft.Wish.Blueprint, draft.Types), [], draft.Run, ValueDiff.Compare(null, draft.Generation.Parameters));

    /// <summary>The plan of a change.</summary>
    public async Task<Outcome<PlanPreview>> OfChangeAsync(EnvironmentChanges.Proposal proposal, CancellationToken ct)
    {
        var entities = await storage.Cells.Get(proposal.Cell).ReadAsync(TenantScope.All, db => db.Entities.Where(e => e.EnvironmentId == proposal.Environment.Id).ToListAsync(ct));
        var run = new Run
        {
            Id = Guid.Empty,
            Tenant = proposal.Environment.Tenant,
            EnvironmentId = proposal.Environment.Id,
            Number = 0,
            Kind = RunKind.Apply,
            Generation = proposal.Generation.Number,
            BlueprintVersion = proposal.Generation.BlueprintVersion,
            ActorId = "",
            ActorName = "",
            CreatedAt = proposal.Generation.CreatedAt,
        };
        var before = await hosts.Get(proposal.Cell).Catalog.DesiredAsync(proposal.Before, entities.Where(e => e.Stands).Select(e => e.Type).Distinct(), ct);
        var desired = new DesiredState(proposal.Generation, proposal.Blueprint, proposal.Types).Including(before);
        return Of(hosts.Get(proposal.Cell), proposal.Environment, desired, entities, run, ValueDiff.Compare(proposal.Before.Parameters, proposal.Generation.Parameters));
    }

    private static Outcome<PlanPreview> Of(EngineHost host, FabricEnvironment environment, DesiredState desired, IReadOnlyList<Entity> entities, Run run, IReadOnlyList<ValueChange> configuration)
    {
        var now = new OwnerState
        {
            Environment = environment,
            Entities = entities.ToDictionary(entity => entity.Node, StringComparer.Ordinal),
            Desired = new Dictionary<int, DesiredState> { [desired.Generation.Number] = desired },
        };
        var steps = RunPlanning.Preview(EntitiesToBe.In(now, desired, run.CreatedAt), host, run, desired);
        if (RunPlanning.Missing(host, steps) is { Count: > 0 } missing)
            return missing.ToArray();
        var planned = steps.Where(step => step.Kind is StepKind.Entity).Select(step => new PlannedStep(
            step.Node,
            desired.Blueprint.Find(step.Node) is { } node ? node.Title ?? desired.TypeOf(node)?.Title ?? step.Node : step.Node,
            step.Type,
            step.Plan ?? new StepPlan(PlanAction.None, [], true, null),
            step.NoOp));
        return new PlanPreview([.. planned], configuration, ApprovalRules.RequiredBy(host.Rules.Approvals, environment, steps));
    }
}
