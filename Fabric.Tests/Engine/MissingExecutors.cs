using Fabric.Tests.Support;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

public sealed class MissingExecutors
{
    private static readonly EntityType OnAws = EngineBed.Type("cloudbox") with { Implementations = [new Implementation { On = "aws", Terraform = "aws" }] };

    [Fact]
    public async Task A_run_that_needs_one_fails_with_a_sentence_that_names_node_and_executor()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("far", [("net", [])], OnAws), [OnAws], cloud: "aws");
        await using var owner = await bed.OwnAsync(environment.Id);

        var ended = bed.WaitForEndAsync();
        await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), TestContext.Current.CancellationToken);
        var run = await ended;

        var step = Assert.Single(await bed.StepsAsync(run.Id));
        Assert.Equal((RunState.Failed, StepState.Failed, Reasons.ExecutorMissing), (run.State, step.State, step.Reason));
        Assert.StartsWith("net needs the executor terraform, which is not installed on this server.", step.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_says_what_would_change_and_names_what_is_missing()
    {
        await using var bed = await EngineBed.OpenAsync();
        var blueprint = EngineBed.Blueprint("far", [("net", [])], OnAws);
        var environment = await bed.CreateAsync(blueprint, [OnAws], cloud: "aws");
        var generation = await bed.ReadAsync(db => Task.FromResult(db.Generations.Single()));
        var desired = new DesiredState(generation, blueprint, [OnAws]);
        var run = new Run { Id = Guid.Empty, Tenant = "sample", EnvironmentId = environment.Id, Number = 0, Kind = RunKind.Apply, Generation = 1, BlueprintVersion = 1, ActorId = "", ActorName = "", CreatedAt = environment.CreatedAt };
        var state = new OwnerState { Environment = environment, Entities = [], Desired = new() { [1] = desired } };

        var steps = RunPlanning.Preview(state, bed.Host.FindExecutor, run, desired);

        Assert.Equal(PlanAction.Create, Assert.Single(steps).Action);
        Assert.Equal(["net"], RunPlanning.Missing(bed.Host.FindExecutor, steps).Select(fault => fault.Field));
    }
}
