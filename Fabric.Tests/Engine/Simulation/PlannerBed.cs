using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine.Simulation;

/// <summary>A run on the planner, a clock that the test sets, and what was decided so far.</summary>
public sealed class PlannerBed
{
    public PlannerBed(params (string Node, string[] After)[] nodes)
        : this([.. nodes.Select((node, order) => Step(node.Node, order, node.After))])
    {
    }

    public PlannerBed(IReadOnlyList<Step> steps, RunState state = RunState.Running) => Snapshot = new RunSnapshot(NewRun(state), steps);

    public static RetryRules Rules { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2), 3, TimeSpan.FromHours(1), TimeSpan.FromDays(7));

    public RunSnapshot Snapshot { get; private set; }

    public Run Run => Snapshot.Run;

    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public DateTimeOffset? NextLook { get; private set; }

    public List<WorkOrder> Work { get; } = [];

    public List<Notice> Notices { get; } = [];

    public Step this[string node] => Snapshot.Find(node)!;

    /// <summary>Lets time pass.</summary>
    public PlannerBed Later(TimeSpan by)
    {
        Now += by;
        return this;
    }

    public PlannerBed Decide() => Take(Planner.Decide(Snapshot, Now, Rules));

    public PlannerBed Recover() => Take(Planner.Recover(Snapshot, Now, Rules));

    public PlannerBed Act(ActKind kind, string? node = null, string words = "") => Take(Planner.Act(Snapshot, new PersonAct(kind, "Pia", node, words), Now, Rules));

    /// <summary>A result for the newest attempt.</summary>
    public PlannerBed Receive(WorkKind kind, string node, StepResult result) => Receive(new WorkOrder(kind, node, this[node].Attempt), result);

    public PlannerBed Receive(WorkOrder order, StepResult result) => Take(Planner.Receive(Snapshot, order, result, Now, Rules));

    /// <summary>Plans a step so that its work begins.</summary>
    public PlannerBed Begin(string node, PlanAction action = PlanAction.Create) =>
        Receive(WorkKind.Plan, node, StepResult.Planned(new StepPlan(action, [], true, "hash")));

    public PlannerBed BeginAndComplete(string node) => Begin(node).Receive(WorkKind.Apply, node, StepResult.Completed());

    public static Step Step(string node, int order = 0, string[]? after = null, StepKind kind = StepKind.Entity) => new()
    {
        RunId = Guid.Empty,
        Node = node,
        Tenant = "sample",
        EnvironmentId = Guid.Empty,
        Order = order,
        Kind = kind,
        Executor = kind is StepKind.Entity ? "sandbox" : "gate",
        DependsOn = after ?? [],
    };

    private PlannerBed Take(Decision decision)
    {
        Snapshot = decision.After;
        NextLook = decision.NextLookAt;
        Work.AddRange(decision.Work);
        Notices.AddRange(decision.Notices);
        return this;
    }

    private static Run NewRun(RunState state) => new()
    {
        Id = Guid.Empty,
        Tenant = "sample",
        EnvironmentId = Guid.Empty,
        Number = 1,
        Kind = RunKind.Apply,
        Generation = 1,
        BlueprintVersion = 1,
        State = state,
        ActorId = "p1",
        ActorName = "Pia",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
