using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform.Process;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>
/// Lets nobody plan or apply on a workspace before the process that held its lease is proven ended, or can do nothing any more, and what it
/// left was looked into.
/// </summary>
internal sealed class WorkspaceGuard(Workshop shop, Recovery recovery)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Settles every open lease of a step's workspace.</summary>
    /// <returns>Null when the workspace is free; else what it waits for, or what a person must decide.</returns>
    public async Task<StepResult?> ClearAsync(StepContext step, int attempt, CancellationToken ct)
    {
        // What brings a killed apply's leavings in ends before anybody looks into that apply again.
        foreach (var lease in (await shop.Leases.OpenOfAsync(step.Entity!.Id, ct)).OrderBy(lease => lease.Kind is LeaseKind.Apply))
        {
            if (Elsewhere(lease) is { } elsewhere)
                return elsewhere;
            var directory = new WorkDirectory(lease.Directory);
            if (lease.Kind is LeaseKind.Plan or LeaseKind.Check)
                shop.Processes.Kill(directory);
            if (!await shop.Processes.WaitAsync(directory, lease.Kind is LeaseKind.Apply ? Soon : Grace, ct))
                return StepResult.InProgress(Soon, $"Waits: Terraform still works on {lease.Node} since {lease.StartedAt:HH:mm:ss} UTC.", reason: Reasons.WorkspaceBusy);
            var attended = await shop.AttendAsync(step, lease, TimeSpan.Zero, ct);
            if (await SettleAsync(step, attended, ct) is { } trouble)
                return trouble;
        }

        return null;
    }

    /// <summary>What is said of a lease of another machine; null for one whose end can be proven here, or that can do nothing any more.</summary>
    public StepResult? Elsewhere(Lease lease)
    {
        var here = lease.Machine == ThisMachine.Id && Directory.Exists(lease.Directory);
        if (here || ThisMachine.IsBeforeRestart(lease) || shop.Leases.IsPowerless(lease))
            return null;
        var until = lease.CredentialsUntil > lease.ExpiresAt ? lease.CredentialsUntil.Value : lease.ExpiresAt;
        return StepResult.InProgress(
            TimeSpan.FromSeconds(30), $"Waits until {until:HH:mm:ss} UTC: another server works on {lease.Node}, or died there; until then it could still change things.", reason: Reasons.WorkspaceBusy);
    }

    /// <summary>Ends a lease whose process has ended. An apply that was killed, or could not write its state, is looked into first.</summary>
    /// <returns>What a person must decide; null when nothing is open.</returns>
    public async Task<StepResult?> SettleAsync(StepContext step, Attended attended, CancellationToken ct)
    {
        var gate = shop.SettlingOf(attended.Lease.EntityId);
        await gate.WaitAsync(ct);
        try
        {
            // Of two who saw it end, one settles it.
            return await shop.Leases.FindAsync(attended.Lease.Id, ct) is { EndedAt: not null } settled
                ? settled.Result is LeaseResult.NeedsPerson ? StepResult.Terminal(Reasons.RecoveryNeedsPerson, settled.Outcome) : null
                : await EndAsync(step, attended, ct);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<StepResult?> EndAsync(StepContext step, Attended attended, CancellationToken ct)
    {
        var (lease, result) = (attended.Lease, attended.Result);
        var mayHaveMade = lease.Kind is LeaseKind.Apply && result is not (LeaseResult.Succeeded or LeaseResult.NeverBegan);
        if (mayHaveMade && await recovery.LookIntoAsync(step, attended, ct) is { } found)
        {
            var told = result is LeaseResult.Killed ? found.Report : $"{ErrorsOf(attended)} {found.Report}";
            await shop.EndAsync(lease, found.NeedsPerson ? LeaseResult.NeedsPerson : LeaseResult.Killed, told, ct, shop.LogOf(lease, found.Report + "\n"));
            return found.NeedsPerson ? StepResult.Terminal(Reasons.RecoveryNeedsPerson, told) : null;
        }

        var sentence = result is LeaseResult.Succeeded ? attended.Progress.Summary : ErrorsOf(attended);
        await shop.EndAsync(lease, result, sentence, ct);
        return null;
    }

    private static string ErrorsOf(Attended attended) => string.Join(' ', attended.Progress.Errors.DefaultIfEmpty(attended.Progress.Last).Take(3));
}
