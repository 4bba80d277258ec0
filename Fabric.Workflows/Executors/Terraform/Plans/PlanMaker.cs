using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform.Policies;
using Fabric.Workflows.Executors.Terraform.Process;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>Makes the plan of a step, or finds the one that waits and still fits what stands.</summary>
internal sealed class PlanMaker(Workshop shop, WorkspaceGuard guard)
{
    /// <summary>What the plan does, in Fabric's words.</summary>
    public const string StepPlanFile = "fabric.plan.json";

    /// <summary>What the rules allowed when it was made.</summary>
    public const string BoundsFile = "fabric.bounds.json";

    private const string NothingMade = "nothing";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>The plan of a step whose configuration is known.</summary>
    public async Task<StepResult> PlanAsync(StepContext step, CancellationToken ct)
    {
        if (await guard.ClearAsync(step, step.Step.Attempt, ct) is { } busy)
            return busy;
        var delete = step.Step.Action is PlanAction.Delete;
        var built = delete ? await shop.Workspaces.LastAsync(step, ct) : await shop.Workspaces.BuildAsync(step, ct);
        if (built is not { } outcome)
            return StepResult.Planned(new StepPlan(PlanAction.Delete, [], true, NothingMade));
        if (!outcome.Succeeded && outcome.Faults[0].Kind is FaultKind.Unavailable)
            return StepResult.InProgress(Soon, outcome.Faults[0].Message, reason: outcome.Faults[0].Code);
        if (!outcome.Succeeded)
            return StepResult.Terminal(outcome.Faults[0].Code, string.Join(' ', outcome.Faults.Select(fault => fault.Message)));
        var stands = await shop.States.CurrentAsync(step.Entity!.Id, ct);
        if (await shop.Plans.WaitingAsync(step.Run.Id, step.Entity.Id, ct) is { } waiting && Fits(waiting, outcome.Value, stands) && await FitsRulesAsync(waiting, step, ct))
            return await PlannedAsync(step, Read(shop.Plans.Open(waiting)), ct);
        return await MakeAsync(step, outcome.Value, stands, delete, ct);
    }

    /// <summary>The plan that a step may apply now; null when there is none, or what it was made on has changed.</summary>
    public async Task<KeptPlan?> ToApplyAsync(StepContext step, CancellationToken ct)
    {
        var waiting = await shop.Plans.WaitingAsync(step.Run.Id, step.Entity!.Id, ct);
        var fits = waiting is not null && waiting.Hash == step.Step.Plan?.InputsHash && FitsState(waiting, await shop.States.CurrentAsync(step.Entity.Id, ct));
        return fits && await FitsRulesAsync(waiting!, step, ct) ? waiting : null;
    }

    /// <summary>Whether a step's plan says that nothing was ever made of its entity.</summary>
    public static bool IsNothing(StepPlan? plan) => plan?.InputsHash == NothingMade;

    /// <summary>What a waiting plan does, as it was read when it was made.</summary>
    public static StepPlan Read(Workspace workspace) => JsonSerializer.Deserialize<StepPlan>(workspace.Files[StepPlanFile], EngineJson.Options)!;

    private static bool Fits(KeptPlan plan, BuiltWorkspace built, StateVersion? stands) => plan.InputsHash == built.InputsHash && FitsState(plan, stands);

    /// <summary>Whether the rules still allow what they allowed when the plan was made.</summary>
    private async Task<bool> FitsRulesAsync(KeptPlan plan, StepContext step, CancellationToken ct)
    {
        var allowed = Text(await shop.BoundsAsync(step.Environment, ct));
        return shop.Plans.Open(plan).Files.GetValueOrDefault(BoundsFile) is { } then && then.AsSpan().SequenceEqual(allowed);
    }

    private static byte[] Text(PolicyBounds bounds) => JsonSerializer.SerializeToUtf8Bytes(bounds, EngineJson.Options);

    private static bool FitsState(KeptPlan plan, StateVersion? stands) => plan.Lineage == (stands?.Lineage ?? "") && plan.Serial == (stands?.Serial ?? 0);

    private async Task<StepResult> MakeAsync(StepContext step, BuiltWorkspace built, StateVersion? stands, bool delete, CancellationToken ct)
    {
        var work = new LeasedWork(LeaseKind.Plan, step.Step.Attempt, built, Script.Plan(delete ? "-destroy" : ""));
        var (lease, instead) = await shop.BeginAsync(step, work, ct);
        if (lease is null)
            return instead!;
        var attended = await shop.AttendAsync(step, lease, Beat, ct);
        while (!attended.Ended)
        {
            if (shop.Time.GetUtcNow() - lease.StartedAt > Longest)
                shop.Processes.Kill(new WorkDirectory(lease.Directory));
            attended = await shop.AttendAsync(step, attended.Lease, Beat, ct);
        }

        lease = attended.Lease;
        var directory = new WorkDirectory(lease.Directory);
        if (attended.Result is not LeaseResult.Succeeded || directory.Read("plan.json") is not { } json)
            return await FailedAsync(attended, ct);
        var reader = PlanReader.Read(json);
        var bounds = await shop.BoundsAsync(step.Environment, ct);
        var verdicts = SecretMask.Of([.. PlanPolicies.Check(step, reader.Planned, bounds), .. BlueprintRules.Check(step, reader.Planned)], built.Secrets);
        reader = reader with { Resources = SecretMask.Of(reader.Resources, built.Secrets) };
        if (verdicts.Where(verdict => verdict.Effect is PolicyEffect.Deny).ToList() is { Count: > 0 } denied)
            return await DeniedAsync(lease, denied, ct);
        var plan = PlanOf(step, built, reader, stands, delete, verdicts);
        var workspace = built.Files.With(Workspace.PlanFile, directory.Read(Workspace.PlanFile)!)
            .With(StepPlanFile, JsonSerializer.SerializeToUtf8Bytes(plan, EngineJson.Options)).With(BoundsFile, Text(bounds));
        if (directory.Read(Workspace.LockFile) is { } providers)
            workspace = workspace.With(Workspace.LockFile, providers);
        directory.PutBy(built.InputsHash);
        var dropped = await shop.Plans.DroppedAsync(step.Entity!.Id, ct);
        await shop.EndAsync(lease, LeaseResult.Succeeded, "Planned.", ct, [Keep(step, built, reader, plan, workspace, stands), .. dropped]);
        return await PlannedAsync(step, plan, ct);
    }

    private KeptPlan Keep(StepContext step, BuiltWorkspace built, PlanReader reader, StepPlan plan, Workspace workspace, StateVersion? stands)
    {
        var now = shop.Time.GetUtcNow();
        return shop.Plans.Seal(
            new KeptPlan
            {
                Id = Guid.CreateVersion7(now),
                Tenant = step.Environment.Tenant,
                EnvironmentId = step.Environment.Id,
                EntityId = step.Entity!.Id,
                RunId = step.Run.Id,
                Hash = plan.InputsHash!,
                InputsHash = built.InputsHash,
                Lineage = stands?.Lineage ?? "",
                Serial = stands?.Serial ?? 0,
                Epoch = step.Environment.Epoch,
                EmptiesState = reader.Remaining == 0 || reader.Resources.Count(resource => PlanRules.IsRisky(resource.Action)) >= reader.Before,
                MadeAt = now,
            },
            workspace);
    }

    private static StepPlan PlanOf(StepContext step, BuiltWorkspace built, PlanReader reader, StateVersion? stands, bool delete, IReadOnlyList<PolicyVerdict> verdicts)
    {
        var action = ActionOf(step, reader, delete);
        var bare = new StepPlan(action, [], true, null) { SourceHash = built.InputsHash, Resources = reader.Resources, Verdicts = verdicts };
        var text = $"{built.InputsHash}\n{stands?.Lineage}\n{stands?.Serial}\n{reader.OutputsChange}\n{JsonSerializer.Serialize(bare, EngineJson.Options)}";
        return bare with { InputsHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) };
    }

    private static PlanAction ActionOf(StepContext step, PlanReader reader, bool delete)
    {
        if (delete)
            return PlanAction.Delete;
        // What was changed outside and is wanted now changes no resource, but the state has still to hear of it.
        var unheard = step.Entity!.Drifted && reader.Drift.Count > 0;
        if (reader.IsEmpty && !unheard && step.Entity.DeployedGeneration > 0)
            return PlanAction.None;
        // Until it stood whole once it is still being made; what goes all the same is said, but for what was never finished.
        var takesAway = reader.Planned.Any(resource => resource is { Action: PlanAction.Delete or PlanAction.Replace, IsTainted: false });
        if (step.Entity is not { Stands: true, DeployedGeneration: > 0 } && !takesAway)
            return reader.IsEmpty && reader.Before > 0 ? PlanAction.None : PlanAction.Create;
        return reader.Resources.Any(resource => resource.Action is PlanAction.Delete or PlanAction.Replace) ? PlanAction.Replace : PlanAction.Update;
    }

    /// <summary>With nothing to do the outputs that stand are those of the entity, also when it was never told of them: what was killed and brought back, say.</summary>
    private async Task<StepResult> PlannedAsync(StepContext step, StepPlan plan, CancellationToken ct) =>
        StepResult.Planned(plan, plan.Action is PlanAction.None ? await ModuleOutputs.StandingAsync(step, shop, ct) : null);

    private async Task<StepResult> DeniedAsync(Lease lease, List<PolicyVerdict> denied, CancellationToken ct)
    {
        var sentence = $"A rule forbids the plan; nothing was changed. {string.Join(' ', denied.Take(5).Select(verdict => $"{verdict.Rule}: {verdict.Message}"))}";
        await shop.EndAsync(lease, LeaseResult.Succeeded, sentence, ct);
        return StepResult.Terminal(Reasons.PolicyDenied, sentence);
    }

    private async Task<StepResult> FailedAsync(Attended attended, CancellationToken ct)
    {
        var sentence = attended.Progress.Errors.Count > 0 ? string.Join(' ', attended.Progress.Errors.Take(3)) : attended.Progress.Last;
        await shop.EndAsync(attended.Lease, attended.Result is LeaseResult.Succeeded ? LeaseResult.Failed : attended.Result, sentence, ct);
        return attended.Result is LeaseResult.Killed or LeaseResult.NeverBegan
            ? StepResult.Transient(Reasons.TerraformFailed, "Terraform was killed while it planned; nothing was changed.")
            : StepResult.Transient(Reasons.TerraformFailed, $"The plan failed. {sentence}");
    }
}
