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
        hosts.Get(draft.Environment.Cell), draft.Environment, new DesiredState(draft.Generation, draft.Wish.Blueprint, draft.Types), [], draft.Run.CreatedAt, ValueDiff.Compare(null, draft.Generation.Parameters));

    /// <summary>The plan of a change.</summary>
    public async Task<Outcome<PlanPreview>> OfChangeAsync(EnvironmentChanges.Proposal proposal, CancellationToken ct)
    {
        var entities = await storage.Cells.Get(proposal.Cell).ReadAsync(TenantScope.All, db => db.Entities.Where(e => e.EnvironmentId == proposal.Environment.Id).ToListAsync(ct));
        var before = await hosts.Get(proposal.Cell).Catalog.DesiredAsync(proposal.Before, entities.Where(e => e.Stands).Select(e => e.Type).Distinct(), ct);
        var desired = new DesiredState(proposal.Generation, proposal.Blueprint, proposal.Types).Including(before);
        return Of(hosts.Get(proposal.Cell), proposal.Environment, desired, entities, proposal.Generation.CreatedAt, ValueDiff.Compare(proposal.Before.Parameters, proposal.Generation.Parameters));
    }

    private static Outcome<PlanPreview> Of(EngineHost host, FabricEnvironment environment, DesiredState desired, IReadOnlyList<Entity> entities, DateTimeOffset now, IReadOnlyList<ValueChange> configuration)
    {
        var steps = WhatIf.Apply(environment, desired, entities, host.FindExecutor, now);
        if (RunPlanning.Missing(host.FindExecutor, steps) is { Count: > 0 } missing)
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
