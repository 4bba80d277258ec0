using System.Globalization;
using Fabric.Web.Live;
using Fabric.Workflows.Runs;

namespace Fabric.Web.PublicApi;

/// <summary>A run.</summary>
public record RunLineBody(
    Guid Id, Guid Environment, int Number, RunKind Kind, int Generation, int Version, RunState State, string Reason, string Message, string? PlanHash, string? ApprovalBy,
    int StepsDone, int StepsTotal, string By, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    internal static RunLineBody Of(Run run) => new(
        run.Id, run.EnvironmentId, run.Number, run.Kind, run.Generation, run.BlueprintVersion, run.State, run.Reason, run.Message, run.PlanHash, run.ApprovalBy,
        run.StepsDone, run.StepsTotal, run.ActorName, run.CreatedAt, run.StartedAt, run.EndedAt);
}

/// <summary>A run with its steps.</summary>
public sealed record RunBody : RunLineBody
{
    private RunBody(RunLineBody line)
        : base(line)
    {
    }

    /// <summary>What you may do with it now: approve, reject, cancel, pause, resume.</summary>
    public required IReadOnlyList<string> Allowed { get; init; }

    /// <summary>Its steps, in order.</summary>
    public required IReadOnlyList<StepBody> Steps { get; init; }

    internal static RunBody Of(RunView view) => new(RunLineBody.Of(view.Run)) { Allowed = view.Allowed, Steps = [.. view.Steps.Select(StepBody.Of)] };
}

/// <summary>A step of a run.</summary>
public sealed record StepBody(
    string Node, int Order, StepKind Kind, string? Type, string Executor, StepState State, int Attempt, PlanAction Action, string Reason, string Message,
    int ProgressDone, int ProgressTotal, IReadOnlyList<string> DependsOn, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    internal static StepBody Of(Step step) => new(
        step.Node, step.Order, step.Kind, step.Type, step.Executor, step.State, step.Attempt, step.Action, step.Reason, step.Message,
        step.ProgressDone, step.ProgressTotal, step.DependsOn, step.StartedAt, step.EndedAt);
}

/// <summary>What a run does. An approval names its hash.</summary>
/// <param name="Run">The run.</param>
/// <param name="PlanHash">The hash to approve.</param>
/// <param name="State">How the run is.</param>
/// <param name="ApprovalBy">Whose yes it needs.</param>
/// <param name="Counts">Nodes by what happens to them.</param>
/// <param name="ResourceCounts">Resources of all nodes by what happens to them.</param>
/// <param name="Steps">The same per node.</param>
public sealed record PlanBody(
    Guid Run, string? PlanHash, RunState State, string? ApprovalBy, IReadOnlyDictionary<string, int> Counts, IReadOnlyDictionary<string, int> ResourceCounts, IReadOnlyList<PlannedStepBody> Steps)
{
    internal static PlanBody Of(RunView view) => new(
        view.Run.Id,
        view.Run.PlanHash,
        view.Run.State,
        view.Run.ApprovalBy,
        view.Steps.Where(step => step.Plan is not null).GroupBy(step => step.Action).ToDictionary(group => group.Key.ToString(), group => group.Count()),
        view.Steps.SelectMany(step => step.Plan?.Resources ?? []).GroupBy(resource => resource.Action).ToDictionary(group => group.Key.ToString(), group => group.Count()),
        [.. view.Steps.Select(PlannedStepBody.Of)]);
}

/// <summary>What a run does to one node.</summary>
/// <param name="Node">Node name.</param>
/// <param name="Type">Its type; null for gates.</param>
/// <param name="Action">What happens to it.</param>
/// <param name="Noop">It is left out.</param>
/// <param name="Changes">Field diff of its configuration.</param>
/// <param name="Complete">Every input is known: exactly this is applied.</param>
/// <param name="Resources">What happens to each of its resources, as the tool that makes them planned it.</param>
/// <param name="Verdicts">What rules say of it.</param>
public sealed record PlannedStepBody(
    string Node, string? Type, PlanAction Action, bool Noop, IReadOnlyList<FieldChange> Changes, bool Complete, IReadOnlyList<ResourceChange> Resources, IReadOnlyList<PolicyVerdict> Verdicts)
{
    internal static PlannedStepBody Of(Step step) => new(
        step.Node,
        step.Type,
        step.Action,
        step.NoOp,
        Told(step.Plan?.Changes ?? []),
        step.Plan?.Complete ?? true,
        [.. (step.Plan?.Resources ?? []).Select(resource => resource with { Changes = Told(resource.Changes) })],
        step.Plan?.Verdicts ?? []);

    /// <summary>A field that is sensitive is named, and no more.</summary>
    internal static IReadOnlyList<FieldChange> Told(IReadOnlyList<FieldChange> changes) =>
        [.. changes.Select(change => change.Sensitive ? change with { Before = null, After = null } : change)];
}

/// <summary>A few lines of a step's log.</summary>
/// <param name="Id">The cursor to go on with.</param>
/// <param name="Attempt">The step's attempt; 0 for the plan of the whole run.</param>
/// <param name="At">UTC.</param>
/// <param name="Text">Lines, each ended by a line feed.</param>
public sealed record LogChunkBody(Guid Id, int Attempt, DateTimeOffset At, string Text);

/// <summary>A line of a run's journal.</summary>
public sealed record EventBody(long Sequence, DateTimeOffset At, string Kind, string? Node, int Attempt, string Reason, string Message, string Actor)
{
    internal static EventBody Of(RunEvent line) => new(line.Sequence, line.At, line.Kind, line.Node, line.Attempt, line.Reason, line.Message, line.Actor);
}

/// <summary>A run's journal.</summary>
/// <param name="Items">Lines, oldest first.</param>
/// <param name="Next">The <c>cursor</c> to go on with, also at the end: what is written later comes after it.</param>
public sealed record EventPage(IReadOnlyList<EventBody> Items, string Next)
{
    internal static EventPage Of(IReadOnlyList<RunEvent> events, long after) =>
        new([.. events.Select(EventBody.Of)], (events.Count > 0 ? events[^1].Sequence : after).ToString(CultureInfo.InvariantCulture));
}
