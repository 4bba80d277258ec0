using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform.Log;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.Process;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>Applies the plan of a step, once, and tells how that stands.</summary>
internal sealed class Applier(Workshop shop, PlanMaker plans, WorkspaceGuard guard)
{
    private readonly Leftovers leftovers = new(shop);
    private const int Beats = 10;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Begins to apply.</summary>
    public async Task<StepResult> ApplyAsync(StepContext step, CancellationToken ct)
    {
        if (PlanMaker.IsNothing(step.Step.Plan))
            return StepResult.Completed(message: "Nothing was ever made of it.");
        if (await shop.Leases.FindAsync(step, LeaseKind.Apply, step.Step.Attempt, ct) is not null)
            return await LookAsync(step, ct);
        if (step.Run.CancelRequested)
            return StepResult.NotApplied("Cancelled before Terraform began.");
        if (await guard.ClearAsync(step, step.Step.Attempt, ct) is { } busy)
            return busy;
        if (await leftovers.LookAsync(step, ct) is { } inTheWay)
            return inTheWay;
        if (await plans.ToApplyAsync(step, ct) is not { } plan)
            return StepResult.Transient(Reasons.PlanStale, "What it was planned on has changed; planned anew.");
        var built = new BuiltWorkspace(shop.Plans.Open(plan), plan.InputsHash, await SecretsAsync(step, ct));
        var work = new LeasedWork(LeaseKind.Apply, step.Step.Attempt, built, Script.Apply) { Plan = plan, MayEmpty = plan.EmptiesState };
        var (lease, instead) = await shop.BeginAsync(step, work, ct);
        return lease is null ? instead! : await FollowAsync(step, lease, ct);
    }

    /// <summary>Finds out how the apply stands, also when another server began it.</summary>
    public async Task<StepResult> LookAsync(StepContext step, CancellationToken ct)
    {
        if (PlanMaker.IsNothing(step.Step.Plan))
            return StepResult.Completed(message: "Nothing was ever made of it.");
        var lease = await shop.Leases.FindAsync(step, LeaseKind.Apply, step.Step.Attempt, ct);
        // Without a lease it waits for a place, or the server ended before it began.
        if (lease is null)
            return step.Step.State is StepState.Applying ? await ApplyAsync(step, ct) : StepResult.NotApplied("Terraform never began.");
        if (lease.EndedAt is not null)
            return await ResultAsync(step, lease, ct);
        return guard.Elsewhere(lease) ?? await FollowAsync(step, lease, ct);
    }

    private async Task<StepResult> FollowAsync(StepContext step, Lease lease, CancellationToken ct)
    {
        var said = step.Step.Message;
        for (var beat = 0; beat < Beats; beat++)
        {
            if (step.Run.CancelRequested)
                shop.Interrupt(lease);
            var attended = await shop.AttendAsync(step, lease, Beat, ct);
            lease = attended.Lease;
            if (attended.Ended)
            {
                await guard.SettleAsync(step, attended, ct);
                return await ResultAsync(step, (await shop.Leases.FindAsync(lease.Id, ct))!, ct);
            }

            var now = Doing(attended.Progress);
            if (now != said && now.Length > 0)
                return Going(step, attended.Progress, now);
            said = now;
            if (beat == Beats - 1)
                return Going(step, attended.Progress, now);
        }

        throw new InvalidOperationException("A bounded wait has an end.");
    }

    private static StepResult Going(StepContext step, WorkProgress progress, string doing) =>
        StepResult.InProgress(TimeSpan.Zero, doing, progress.Done, step.Step.Plan?.Resources.Sum(r => r.Action is PlanAction.Replace ? 2 : 1) ?? 0);

    private static string Doing(WorkProgress progress)
    {
        var names = progress.UnderWay.Select(began => began.Address).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? progress.Last : $"{Verb(progress.UnderWay.First().Action)} {string.Join(", ", names.Take(3))}{(names.Count > 3 ? $" and {names.Count - 3} more" : "")}";
    }

    private static string Verb(string action) => action switch
    {
        "create" => "Creating",
        "delete" => "Deleting",
        "update" => "Updating",
        _ => "Working on",
    };

    /// <summary>What a lease that ended means for its step. Asked again, the answer is the same.</summary>
    private async Task<StepResult> ResultAsync(StepContext step, Lease lease, CancellationToken ct)
    {
        switch (lease.Result)
        {
            case LeaseResult.Succeeded:
                return await DoneAsync(step, lease, ct);
            case LeaseResult.NeedsPerson:
                return StepResult.Terminal(Reasons.RecoveryNeedsPerson, lease.Outcome);
            case LeaseResult.Killed:
                return StepResult.NotApplied(lease.Outcome);
            case LeaseResult.NeverBegan:
                return StepResult.NotApplied("Terraform never began.");
            case LeaseResult.Interrupted:
                return StepResult.Transient(Reasons.Interrupted, "Terraform was asked to stop and stopped at a safe point; its state is written.");
            default:
                return StepResult.Transient(Reasons.TerraformFailed, $"Terraform failed. {lease.Outcome}");
        }
    }

    /// <summary>A success counts when its state has arrived; a program that says it did something and wrote nothing did not.</summary>
    private async Task<StepResult> DoneAsync(StepContext step, Lease lease, CancellationToken ct)
    {
        var plan = lease.PlanId is { } id ? await shop.Plans.FindAsync(id, ct) : null;
        var stands = await shop.States.CurrentAsync(lease.EntityId, ct);
        if (plan is not null && step.Step.Plan?.Resources.Count > 0 && (stands is null || stands.Serial <= plan.Serial))
            return StepResult.Terminal(Reasons.TerraformFailed, "Terraform said that it succeeded, and no state of it arrived. Nothing is believed of it: look into the account, then retry.");
        if (step.Step.Action is PlanAction.Delete)
            return StepResult.Completed(message: lease.Outcome);
        return StepResult.Completed(await ModuleOutputs.StandingAsync(step, shop, ct), lease.Outcome);
    }

    /// <summary>The values to keep out of the log; those of the configuration were put into the workspace when it was planned.</summary>
    private async Task<IReadOnlyList<string>> SecretsAsync(StepContext step, CancellationToken ct)
    {
        var built = step.Config is null ? await shop.Workspaces.LastAsync(step, ct) : await shop.Workspaces.BuildAsync(step, ct);
        return built is { Succeeded: true } outcome ? outcome.Value.Secrets : [];
    }
}
