using Fabric.Workflows.Executors.Terraform.Process;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>The plan files of one cell: kept sealed while they wait, gone once they were used.</summary>
public sealed class PlanBook(Cell cell)
{
    /// <summary>The plan that waits for a step of a run; null when there is none.</summary>
    public Task<KeptPlan?> WaitingAsync(Guid runId, Guid entityId, CancellationToken ct) => cell.ReadAsync(
        TenantScope.All, db => db.KeptPlans.Where(p => p.RunId == runId && p.EntityId == entityId && p.UsedBy == null && p.Sealed != null).OrderByDescending(p => p.Id).FirstOrDefaultAsync(ct));

    /// <summary>The plan a lease applied.</summary>
    public Task<KeptPlan?> FindAsync(Guid id, CancellationToken ct) => cell.ReadAsync(TenantScope.All, db => db.KeptPlans.SingleOrDefaultAsync(p => p.Id == id, ct));

    /// <summary>The files the entity was applied with last, without the plan; null when nothing ever was.</summary>
    public async Task<Workspace?> LastAppliedAsync(Guid entityId, CancellationToken ct)
    {
        var last = await cell.ReadAsync(
            TenantScope.All, db => db.KeptPlans.Where(p => p.EntityId == entityId && p.UsedBy != null && p.Sealed != null).OrderByDescending(p => p.Id).FirstOrDefaultAsync(ct));
        return last is null ? null : Open(last);
    }

    /// <summary>The workspace of a plan.</summary>
    public Workspace Open(KeptPlan plan) => Workspace.Unpack(StateSeal.Open(cell, Name(plan.Id), plan.Sealed!));

    /// <summary>The plan with its workspace sealed in it.</summary>
    public KeptPlan Seal(KeptPlan plan, Workspace workspace) => plan with { Sealed = StateSeal.Seal(cell, Name(plan.Id), workspace.Pack()) };

    /// <summary>The plan once a lease uses it: the plan file is gone, what it was made from stays for later destroys and checks.</summary>
    public KeptPlan Used(KeptPlan plan, Workspace workspace, Guid lease) => Seal(plan with { UsedBy = lease }, workspace.Without(Workspace.PlanFile));

    /// <summary>Every waiting plan of an entity, without its files: another takes its place.</summary>
    public async Task<IReadOnlyList<KeptPlan>> DroppedAsync(Guid entityId, CancellationToken ct)
    {
        var waiting = await cell.ReadAsync(TenantScope.All, db => db.KeptPlans.Where(p => p.EntityId == entityId && p.UsedBy == null && p.Sealed != null).ToListAsync(ct));
        return [.. waiting.Select(plan => plan with { Sealed = null })];
    }

    /// <summary>Plans of the same entity that were used before, without their files: what destroys and checks work on are those of the newest.</summary>
    public async Task<IReadOnlyList<(object Before, object After)>> OutdatedAsync(KeptPlan newest, CancellationToken ct)
    {
        var used = await cell.ReadAsync(TenantScope.All, db => db.KeptPlans.Where(p => p.EntityId == newest.EntityId && p.UsedBy != null && p.Sealed != null && p.Id != newest.Id).ToListAsync(ct));
        return [.. used.Select(plan => ((object)plan, (object)(plan with { Sealed = null })))];
    }

    private static string Name(Guid plan) => $"plan/{plan:D}";
}
