using System.Text.Json.Nodes;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Storage;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Executors.Gates;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

/// <summary>A gate that acts carries an operation of its entity out, by that entity's executor, and is done when that is.</summary>
public sealed class ActionGates
{
    private static readonly Operation Restart = new("restart", "Restart", [new WaitStep(false, TimeSpan.FromSeconds(1), null)]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_the_sandbox_it_does_its_work_once_and_leaves_the_entity_as_it_is()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(Acting("restart"), [WithRestart]);
        await using var owner = await bed.OwnAsync(environment.Id);
        var run = await bed.RunAsync(owner, RunKind.Apply);
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.Equal([$"{run.Id:N}/a", $"{run.Id:N}/act"], (await bed.World.ApplicationsAsync(environment.Id)).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["a"], (await bed.World.ResourcesAsync(environment.Id)).Keys);
        Assert.Contains("\"size\":1", (await bed.World.ResourcesAsync(environment.Id))["a"], StringComparison.Ordinal);
        Assert.Equal(EntityState.Ready, Assert.Single(await bed.EntitiesAsync(environment.Id)).State);
    }

    [Fact]
    public async Task What_fails_there_fails_the_gate()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(Acting("restart"), [WithRestart]);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        await bed.World.InjectAsync(environment.Id, "a", new SandboxFault(SandboxFaultKind.Terminal));
        var run = await bed.RunAsync(owner, RunKind.Apply);
        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal([("a", StepState.Succeeded, "NothingToDo"), ("act", StepState.Failed, "SimulatedFailure")], (await bed.StepsAsync(run.Id)).Select(step => (step.Node, step.State, step.Reason)));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_not_green()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(Acting("polish"), [WithRestart]);
        await using var owner = await bed.OwnAsync(environment.Id);
        var run = await bed.RunAsync(owner, RunKind.Apply);
        var step = (await bed.StepsAsync(run.Id)).Single(step => step.Node == "act");
        Assert.Equal((RunState.Failed, Reasons.OperationMissing, "box@1.0.0, of which a is, has no operation polish."), (run.State, step.Reason, step.Message));
    }

    [Fact]
    public async Task What_is_a_no_op_is_left_to_who_runs_it()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(Acting("restart"), [WithRestart], noOp: ["a"], adopted: new JsonObject { ["a"] = new JsonObject { ["id"] = "mine" } });
        await using var owner = await bed.OwnAsync(environment.Id);
        var run = await bed.RunAsync(owner, RunKind.Apply);
        Assert.Equal([StepState.Skipped, StepState.Succeeded], (await bed.StepsAsync(run.Id)).Select(step => step.State));
        Assert.Empty(await bed.World.ApplicationsAsync(environment.Id));
    }

    [Fact]
    public async Task In_a_cluster_it_is_an_intent_of_its_own_for_the_agent()
    {
        await using var bed = await EngineBed.OpenAsync();
        var type = WithRestart with { Implementations = [new Implementation { On = "cluster", Manifests = [] }] };
        var environment = await bed.CreateAsync(Acting("restart"), [type], cloud: "kubernetes");
        var entity = Rows.Entity(environment.Id, "a", "sample") with { Type = "box@1.0.0", TypeHash = type.Hash, Executor = ExecutorNames.Cluster, Config = Journey.Size(1) };
        var agent = Guid.NewGuid();
        await bed.Cell.Journal.CommitAsync(
            new JournalBatch().Add(entity)
                .Add(new AgentRecord { Id = agent, Tenant = "sample", Name = "edge", ClusterUid = "uid", SigningKey = "{}", SealingKey = "{}", Version = "1.0.0", EnrolledAt = environment.CreatedAt })
                .Add(new AgentBinding { EnvironmentId = environment.Id, Tenant = "sample", AgentId = agent, BoundAt = environment.CreatedAt }),
            Stop);
        var executor = new ActionExecutor(bed.Cell, [new ClusterExecutor(bed.Cell, TimeProvider.System)]);
        var step = new StepContext
        {
            Environment = environment,
            Run = new PlannerBed(("a", [])).Run,
            Step = PlannerBed.Step("act", kind: StepKind.Action) with { Attempt = 1 },
            Config = new JsonObject { ["node"] = "a", ["operation"] = "restart" },
        };

        Assert.Equal(StepResultKind.NotApplied, (await executor.LookAsync(step, Stop)).Kind);
        Assert.Equal(StepResultKind.InProgress, (await executor.ApplyAsync(step, Stop)).Kind);
        var intent = await bed.ReadAsync(db => Task.FromResult(db.Intents.Single()));
        Assert.Equal((entity.Id, "a", IntentContent.OperationKind, agent), (intent.EntityId, intent.Node, intent.Kind, intent.AgentId));
        Assert.Equal(new IntentKey(Guid.Empty, "act", 1), IntentKey.Read(intent.OperationKey));
        Assert.True(IntentKey.Read(intent.OperationKey)!.Value.IsGivenUp(step.Step with { State = StepState.Cancelled }));
        Assert.False(IntentKey.Read(intent.OperationKey)!.Value.IsGivenUp(step.Step with { Node = "a", State = StepState.Cancelled }));

        await bed.Cell.Journal.CommitAsync(new JournalBatch().Add(new IntentReport
        {
            EntityId = entity.Id, Tenant = "sample", EnvironmentId = environment.Id, Node = "a", AgentId = agent, Generation = intent.Generation, Status = IntentStatus.Healthy, ReportedAt = environment.CreatedAt,
        }), Stop);
        Assert.Equal(StepResultKind.Completed, (await executor.LookAsync(step, Stop)).Kind);
    }

    private static EntityType WithRestart { get; } = EngineBed.Type() with { Operations = new Dictionary<string, Operation> { ["restart"] = Restart } };

    private static CompiledBlueprint Acting(string operation)
    {
        var blueprint = EngineBed.Blueprint("acting", [("a", [])], WithRestart);
        var gate = new BlueprintNode { Name = "act", Kind = NodeKind.Action, Config = new JsonObject { ["node"] = "a", ["operation"] = operation }, DependsOn = ["a"] };
        return blueprint with { Nodes = [blueprint.Nodes[0], gate] };
    }
}
