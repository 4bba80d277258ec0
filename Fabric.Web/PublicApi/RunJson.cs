using Fabric.Web.Live;
using Fabric.Workflows.Runs;

namespace Fabric.Web.PublicApi;

/// <summary>How runs look to programs.</summary>
internal static class RunJson
{
    public static object Line(Run run) => new
    {
        id = run.Id,
        environment = run.EnvironmentId,
        number = run.Number,
        kind = run.Kind,
        generation = run.Generation,
        version = run.BlueprintVersion,
        state = run.State,
        reason = run.Reason,
        message = run.Message,
        planHash = run.PlanHash,
        approvalBy = run.ApprovalBy,
        stepsDone = run.StepsDone,
        stepsTotal = run.StepsTotal,
        by = run.ActorName,
        createdAt = run.CreatedAt,
        startedAt = run.StartedAt,
        endedAt = run.EndedAt,
    };

    public static object Whole(RunView view) => new
    {
        id = view.Run.Id,
        environment = view.Run.EnvironmentId,
        number = view.Run.Number,
        kind = view.Run.Kind,
        generation = view.Run.Generation,
        version = view.Run.BlueprintVersion,
        state = view.Run.State,
        reason = view.Run.Reason,
        message = view.Run.Message,
        planHash = view.Run.PlanHash,
        approvalBy = view.Run.ApprovalBy,
        stepsDone = view.Run.StepsDone,
        stepsTotal = view.Run.StepsTotal,
        by = view.Run.ActorName,
        createdAt = view.Run.CreatedAt,
        startedAt = view.Run.StartedAt,
        endedAt = view.Run.EndedAt,
        allowed = view.Allowed,
        steps = view.Steps.Select(Step),
    };

    public static object Step(Step step) => new
    {
        node = step.Node,
        order = step.Order,
        kind = step.Kind,
        type = step.Type,
        executor = step.Executor,
        state = step.State,
        attempt = step.Attempt,
        action = step.Action,
        reason = step.Reason,
        message = step.Message,
        progressDone = step.ProgressDone,
        progressTotal = step.ProgressTotal,
        dependsOn = step.DependsOn,
        startedAt = step.StartedAt,
        endedAt = step.EndedAt,
    };

    public static object Plan(RunView view) => new
    {
        run = view.Run.Id,
        planHash = view.Run.PlanHash,
        state = view.Run.State,
        approvalBy = view.Run.ApprovalBy,
        counts = view.Steps.Where(step => step.Plan is not null).GroupBy(step => step.Action).ToDictionary(group => group.Key.ToString(), group => group.Count()),
        steps = view.Steps.Select(step => new { node = step.Node, type = step.Type, action = step.Action, noop = step.NoOp, changes = step.Plan?.Changes ?? [], complete = step.Plan?.Complete ?? true }),
    };

    public static object Event(RunEvent line) => new
    {
        sequence = line.Sequence,
        at = line.At,
        kind = line.Kind,
        node = line.Node,
        attempt = line.Attempt,
        reason = line.Reason,
        message = line.Message,
        actor = line.Actor,
    };
}
