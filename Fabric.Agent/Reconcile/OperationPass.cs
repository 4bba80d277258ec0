using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile.Health;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>
/// Runs an operation's steps one after the other. The step reached is in the progress, which is stored after every look, and each step may be
/// begun twice without harm: a patch is the same patch, a job is found by its name.
/// </summary>
internal sealed class OperationPass(ICluster cluster, AgentTimeouts timeouts, TimeProvider time)
{
    public static bool IsDue(IntentPayload payload, IntentProgress progress) =>
        payload is { Kind: IntentKind.Operation, Operation: { } operation } && progress.StepsDone < operation.Steps.Count;

    public static bool IsUnderWay(IntentPayload payload, IntentProgress progress) => IsDue(payload, progress) && progress.StepStartedAt is not null;

    /// <summary>A step failed: what comes after it was asked for on the premise that it succeeds. Only a new generation goes on.</summary>
    public static bool HasFailed(IntentPayload payload, IntentProgress progress) =>
        IsUnderWay(payload, progress) && progress is { Health: ReportStatus.Failed, Reason: ReportReasons.OperationFailed };

    /// <summary>Deletes the jobs of steps that are done: not before that is on record, or a restart would run them again.</summary>
    public async Task ForgetJobsAsync(IntentPayload payload, int done, CancellationToken ct)
    {
        for (var i = 0; i < done; i++)
            if (payload.Operation!.Steps[i] is { Job: { } template })
                await cluster.DeleteAsync(JobKey(payload, template, i), null, Applier.Options(payload), ct);
    }

    public async Task<PassResult> RunAsync(IntentPayload payload, IntentProgress progress, IReadOnlyList<DesiredObject> objects, CancellationToken ct)
    {
        if (HasFailed(payload, progress)) return new(progress, timeouts.Resync);
        var operation = payload.Operation!;
        var step = operation.Steps[progress.StepsDone];
        var started = progress.StepStartedAt ?? time.GetUtcNow();
        var sentence = string.Create(CultureInfo.InvariantCulture, $"{operation.Name}: step {progress.StepsDone + 1} of {operation.Steps.Count}, {step.Type}");
        var (done, fault) = step.Type switch
        {
            OperationStepType.Patch => await PatchAsync(payload, step, objects, ct),
            OperationStepType.Job => await JobAsync(payload, progress, step, ct),
            _ when step.WaitSeconds is { } seconds => (time.GetUtcNow() - started >= TimeSpan.FromSeconds(seconds), null),
            _ => await WaitAsync(payload, objects, ct),
        };
        var late = time.GetUtcNow() - started > TimeSpan.FromSeconds(step.TimeoutSeconds);
        if (fault is null && !done && late) fault = $"{sentence} took longer than {step.TimeoutSeconds} seconds.";
        if (fault is not null && step.Type == OperationStepType.Job) await ForgetJobsAsync(payload, progress.StepsDone + 1, ct);
        if (fault is not null)
            return new(progress with { StepStartedAt = started, Health = ReportStatus.Failed, Reason = ReportReasons.OperationFailed, Message = fault }, timeouts.RejectedLook);
        var next = done
            ? progress with { StepsDone = progress.StepsDone + 1, StepStartedAt = progress.StepsDone + 1 < operation.Steps.Count ? time.GetUtcNow() : null }
            : progress with { StepStartedAt = started };
        return new(next with { Health = ReportStatus.Applying, Reason = ReportReasons.Progressing, Message = sentence }, done ? TimeSpan.Zero : timeouts.BusyLook);
    }

    private async Task<(bool Done, string? Fault)> PatchAsync(
        IntentPayload payload, OperationStep step, IReadOnlyList<DesiredObject> objects, CancellationToken ct)
    {
        if (step is not { Target: { } target, Patch: { } patch }) return (false, "A patch step has no target or no patch.");
        var options = Applier.Options(payload, manager: IntentAnnotations.OperationManager);
        var targets = objects.Where(o => HealthOf.Matches(target, o.Body)).ToList();
        if (targets.Count == 0) return (false, $"There is no {target.Kind} {target.Name} of {target.ApiVersion} in the manifest to patch.");
        foreach (var desired in targets)
        {
            var reply = await cluster.PatchAsync(desired.Key, JsonNode.Parse(patch.GetRawText())!, step.PatchType == PatchType.Strategic, options, ct);
            if (reply is { Ok: false, Transient: true }) return (false, null);
            if (!reply.Ok) return (false, reply.Message);
        }

        return (true, null);
    }

    private async Task<(bool Done, string? Fault)> JobAsync(IntentPayload payload, IntentProgress progress, OperationStep step, CancellationToken ct)
    {
        if (step.Job is not { } template || JsonNode.Parse(template.GetRawText()) is not JsonObject job || job["metadata"] is not JsonObject metadata)
            return (false, "A job step has no job.");
        var key = JobKey(payload, template, progress.StepsDone);
        var name = key.Name;
        (metadata["name"], metadata["namespace"]) = (name, payload.Namespace);
        metadata["labels"] = new JsonObject { [IntentAnnotations.Entity] = payload.EntityId.ToString() };
        var live = await cluster.GetAsync(key, ct);
        if (live.NotFound) live = await cluster.ApplyAsync(key, job, Applier.Options(payload), ct);
        if (live is not { Ok: true, Body: { } body }) return (false, live.Transient ? null : live.Message);
        var state = HealthOf.Object(body, []);
        if (state.Health == ObjectHealth.Degraded) return (false, $"Job {name} failed: {state.Message}");
        if (state.Health != ObjectHealth.Healthy) return (false, null);
        return (true, null);
    }

    private static ObjectKey JobKey(IntentPayload payload, JsonElement template, int step) => new("batch/v1", "Job", payload.Namespace, string.Create(
        CultureInfo.InvariantCulture, $"{template.GetProperty("metadata").GetProperty("name").GetString()}-{payload.Generation}-{step}"));

    private async Task<(bool Done, string? Fault)> WaitAsync(IntentPayload payload, IReadOnlyList<DesiredObject> objects, CancellationToken ct)
    {
        foreach (var desired in objects)
        {
            var live = await cluster.GetAsync(desired.Key, ct);
            if (live.NotFound && desired.Optional) continue;
            if (live is not { Ok: true, Body: { } body } || HealthOf.Object(body, payload.Health).Health != ObjectHealth.Healthy) return (false, null);
        }

        return (true, null);
    }
}
