using System.Text.Json.Nodes;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

public sealed class Updates
{
    [Fact]
    public async Task Only_what_changed_is_updated_and_only_that_value_is_shown()
    {
        await using var bed = await EngineBed.OpenAsync();
        var blueprint = With(EngineBed.Blueprint("two", [("a", []), ("b", ["a"])]), "a", config => config["size"] = 7);
        var environment = await bed.CreateAsync(blueprint);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);

        var run = await bed.ChangeAsync(owner, environment.Id, blueprint, Journey.Size(2));

        var steps = await bed.StepsAsync(run.Id);
        Assert.Equal([("a", PlanAction.None, 0), ("b", PlanAction.Update, 1)], steps.Select(step => (step.Node, step.Action, step.Attempt)));
        var change = Assert.Single(steps[1].Plan!.Changes);
        Assert.Equal(("size", "1", "2"), (change.Path, change.Before!.ToJsonString(), change.After!.ToJsonString()));
        Assert.Contains("\"size\":2", (await bed.World.ResourcesAsync(environment.Id))["b"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_a_change_applies_nothing()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("two", [("a", []), ("b", ["a"])]));
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        var run = await bed.RunAsync(owner, RunKind.Apply);
        Assert.All(await bed.StepsAsync(run.Id), step => Assert.Equal((StepState.Succeeded, 0), (step.State, step.Attempt)));
    }

    [Fact]
    public async Task A_value_that_cannot_change_in_place_replaces()
    {
        await using var bed = await EngineBed.OpenAsync();
        var first = With(EngineBed.Blueprint("one", [("a", [])]), "a", config => config["place"] = "here");
        var environment = await bed.CreateAsync(first);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);

        var moved = With(EngineBed.Blueprint("one", [("a", [])], version: 2), "a", config => config["place"] = "there");
        var run = await bed.ChangeAsync(owner, environment.Id, moved, Journey.Size(1));
        var step = Assert.Single(await bed.StepsAsync(run.Id));
        Assert.Equal((PlanAction.Replace, StepState.Succeeded), (step.Action, step.State));
    }

    [Fact]
    public async Task Nodes_that_are_gone_are_deleted_users_first()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("chain", [("a", []), ("b", ["a"]), ("c", ["b"])]));
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);

        var run = await bed.ChangeAsync(owner, environment.Id, EngineBed.Blueprint("chain", [("a", [])], version: 2), Journey.Size(1));
        var deleted = (await bed.StepsAsync(run.Id)).Where(step => step.Action is PlanAction.Delete).ToList();
        Assert.Equal(["c", "b"], deleted.Select(step => step.Node));
        Assert.Equal(["c"], deleted[1].DependsOn);
        Assert.True(deleted[0].EndedAt <= deleted[1].StartedAt);
        Assert.Equal(["a"], (await bed.World.ResourcesAsync(environment.Id)).Keys);
        Assert.Equal(EntityState.Destroyed, (await bed.EntitiesAsync(environment.Id)).Single(entity => entity.Node == "c").State);
    }

    [Fact]
    public async Task A_renamed_node_keeps_its_entity()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("one", [("old", [])]));
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);
        var before = Assert.Single(await bed.EntitiesAsync(environment.Id));

        var blueprint = EngineBed.Blueprint("one", [("new", [])], version: 2);
        var run = await bed.ChangeAsync(owner, environment.Id, blueprint with { Nodes = [blueprint.Nodes[0] with { Was = "old" }] }, Journey.Size(1));
        var after = Assert.Single(await bed.EntitiesAsync(environment.Id));
        Assert.Equal((before.Id, "new"), (after.Id, after.Node));
        Assert.DoesNotContain(await bed.StepsAsync(run.Id), step => step.Action is PlanAction.Delete or PlanAction.Create or PlanAction.Replace);
    }

    [Fact]
    public async Task A_held_no_op_is_not_touched_by_a_change()
    {
        await using var bed = await EngineBed.OpenAsync();
        var blueprint = EngineBed.Blueprint("two", [("a", []), ("b", ["a"])]);
        var environment = await bed.CreateAsync(blueprint);
        await using var owner = await bed.OwnAsync(environment.Id);
        await bed.RunAsync(owner, RunKind.Apply);

        var held = EngineBed.Blueprint("two", [("a", []), ("b", ["a"])], version: 2);
        held = held with { Nodes = [held.Nodes[0] with { NoOp = true }, held.Nodes[1]] };
        var run = await bed.ChangeAsync(owner, environment.Id, held, Journey.Size(9));
        Assert.Equal([StepState.Skipped, StepState.Succeeded], (await bed.StepsAsync(run.Id)).Select(step => step.State));
        Assert.Contains("\"size\":1", (await bed.World.ResourcesAsync(environment.Id))["a"], StringComparison.Ordinal);
    }

    private static CompiledBlueprint With(CompiledBlueprint blueprint, string node, Action<JsonObject> change)
    {
        change(blueprint.Nodes.Single(n => n.Name == node).Config);
        return blueprint;
    }
}
