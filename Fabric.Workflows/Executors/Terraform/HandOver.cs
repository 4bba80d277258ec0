using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>Gives what Terraform made to its owner: nothing is deleted, and state, module and values can be taken along.</summary>
internal sealed class HandOver(Workshop shop, WorkspaceGuard guard)
{
    /// <summary>Lets go of an entity once nobody works on it any more.</summary>
    public async Task<StepResult> LetGoAsync(StepContext step, CancellationToken ct)
    {
        if (await guard.ClearAsync(step, step.Step.Attempt, ct) is { } busy)
            return busy;
        return await shop.States.CurrentAsync(step.Entity!.Id, ct) is { Resources: > 0 } stands
            ? StepResult.Completed(message: $"{stands.Resources} {(stands.Resources == 1 ? "resource stays" : "resources stay")} in the account; the state is there to be taken.")
            : StepResult.Completed(message: "Nothing was ever made of it.");
    }
}
