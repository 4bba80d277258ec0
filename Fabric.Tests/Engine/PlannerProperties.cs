using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;
using FsCheck.Xunit;

namespace Fabric.Tests.Engine;

/// <summary>Random graphs, random failures, random crash points, on the pure planner: the world itself objects to what must not happen.</summary>
public sealed class PlannerProperties
{
    [Property(Arbitrary = [typeof(Scenarios)], MaxTest = 500)]
    public void A_run_ends_as_it_would_have_without_the_crashes(Scenario scenario)
    {
        var (world, end) = Apply(scenario);
        var (calm, expected) = Apply(scenario.Undisturbed);

        Assert.Equal(expected.Run.State, end.Run.State);
        Assert.Equal(expected.Steps.Select(step => (step.Node, step.State)), end.Steps.Select(step => (step.Node, step.State)));
        Assert.Equal(calm.Standing.Order(), world.Standing.Order());
    }

    [Property(Arbitrary = [typeof(Scenarios)], MaxTest = 300)]
    public void What_succeeds_stands_and_what_is_after_a_failure_never_starts(Scenario scenario)
    {
        var (world, end) = Apply(scenario);

        Assert.Equal(end.Steps.Where(step => step.State is StepState.Succeeded).Select(step => step.Node).Order(), world.Standing.Order());
        Assert.All(end.Steps.Where(step => step.State is StepState.Blocked), step => Assert.Equal(0, step.Attempt));
        Assert.Equal(end.Steps.Any(step => step.State is StepState.Failed) ? RunState.Failed : RunState.Succeeded, end.Run.State);
    }

    [Property(Arbitrary = [typeof(Scenarios)], MaxTest = 300)]
    public void Destroy_is_the_mirror_image(Scenario any)
    {
        var scenario = any.Harmless;
        var (world, _) = Apply(scenario);
        var standing = world.Standing.ToList();

        var end = new SimulatedOwner(scenario, world, DestroyOf(scenario)).ToTheEnd();

        Assert.Equal(RunState.Succeeded, end.Run.State);
        Assert.Empty(world.Standing);
        Assert.Equal(standing.Order(), world.Removed.Order());
    }

    private static (SimulatedWorld World, RunSnapshot End) Apply(Scenario scenario)
    {
        var run = RunOf(RunKind.Apply);
        var steps = scenario.Nodes.Select((node, order) => StepOf(run, node, order));
        var world = new SimulatedWorld(scenario);
        return (world, new SimulatedOwner(scenario, world, new RunSnapshot(run, steps)).ToTheEnd());
    }

    private static RunSnapshot DestroyOf(Scenario scenario)
    {
        var run = RunOf(RunKind.Destroy);
        var entities = scenario.Nodes.Where(node => !node.NoOp).Select(node => new Entity
        {
            Id = Guid.NewGuid(),
            EnvironmentId = run.EnvironmentId,
            Tenant = run.Tenant,
            Node = node.Name,
            Type = "box@1.0.0",
            TypeHash = "box",
            Executor = "sandbox",
            State = EntityState.Ready,
            DependsOn = node.After,
            DeployedGeneration = 1,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        });
        return new RunSnapshot(run, RunBuilder.Steps(run, null!, Nothing, entities.ToDictionary(entity => entity.Node)));
    }

    private static DesiredState Nothing { get; } = new(
        new Generation
        {
            EnvironmentId = Guid.Empty, Number = 1, Tenant = "sample", Blueprint = "none", BlueprintVersion = 1, Revision = 1, Parameters = [], NoOp = [], Adopted = [],
            CreatedAt = DateTimeOffset.UnixEpoch, ActorId = "p1",
        },
        EngineBed.Blueprint("none", []), []);

    private static Run RunOf(RunKind kind) => new()
    {
        Id = Guid.NewGuid(),
        Tenant = "sample",
        EnvironmentId = Guid.NewGuid(),
        Number = 1,
        Kind = kind,
        Generation = 1,
        BlueprintVersion = 1,
        State = RunState.Running,
        ActorId = "p1",
        ActorName = "Pia",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static Step StepOf(Run run, Scenario.Node node, int order) => new()
    {
        RunId = run.Id,
        Node = node.Name,
        Tenant = run.Tenant,
        EnvironmentId = run.EnvironmentId,
        Order = order,
        Kind = StepKind.Entity,
        Type = "box@1.0.0",
        Executor = "sandbox",
        DependsOn = node.After,
        NoOp = node.NoOp,
    };
}
