using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Terraform.Process;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>
/// Follows applies whose step is over, because it took too long, to their end: their token is renewed for their last state, and what they
/// leave is looked into. What was asked to stop and does not, hangs; it is killed. Read from the leases each time, so it goes on after a restart.
/// </summary>
public sealed class LeaseReaper(Workshop shop)
{
    private static readonly TimeSpan Beginning = TimeSpan.FromMinutes(1);
    private readonly WorkspaceGuard guard = new(shop, new Recovery(shop));

    /// <summary>Looks at each of them once.</summary>
    /// <param name="ct">Stops; what is open is looked at again.</param>
    /// <returns>How many are open still.</returns>
    public async Task<int> ReapAsync(CancellationToken ct)
    {
        var open = 0;
        foreach (var lease in await shop.Leases.OpenAsync(ct))
        {
            if (lease.Kind is LeaseKind.Apply && await OverAsync(lease, ct) is { } step && !await EndedAsync(step, lease, ct))
                open++;
        }

        return open;
    }

    private async Task<bool> EndedAsync(StepContext step, Lease lease, CancellationToken ct)
    {
        var directory = new WorkDirectory(lease.Directory);
        // One that has just been written down may not have begun, and another server's can be told by that one alone.
        if (guard.Elsewhere(lease) is not null || (!File.Exists(directory.PidFile) && shop.Time.GetUtcNow() - lease.StartedAt < Beginning))
            return false;
        var attended = await shop.AttendAsync(step, lease, TimeSpan.Zero, ct);
        if (attended.Ended)
        {
            await guard.SettleAsync(step, attended, ct);
            return true;
        }

        shop.Interrupt(lease);
        if (shop.Time.GetUtcNow() - File.GetLastWriteTimeUtc(directory.File(Attended.CancelFile)) > shop.StopsWithin)
            shop.Processes.Kill(directory);
        return false;
    }

    /// <summary>What a lease's step was about; null while the step goes on.</summary>
    private Task<StepContext?> OverAsync(Lease lease, CancellationToken ct) => shop.Cell.ReadAsync(TenantScope.All, async db =>
    {
        var step = await db.Steps.SingleOrDefaultAsync(s => s.RunId == lease.RunId && s.Node == lease.Node, ct);
        if (step is null || !step.State.IsTerminal())
            return null;
        var run = await db.Runs.SingleOrDefaultAsync(r => r.Id == lease.RunId, ct);
        var environment = await db.Environments.SingleOrDefaultAsync(e => e.Id == lease.EnvironmentId, ct);
        var entity = await db.Entities.SingleOrDefaultAsync(e => e.Id == lease.EntityId, ct);
        return run is null || environment is null || entity is null ? null : new StepContext { Environment = environment, Run = run, Step = step, Entity = entity };
    });
}
