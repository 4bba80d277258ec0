using System.Text.Json.Nodes;
using Fabric.Tests.Blueprints;
using Fabric.Tests.Storage;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Simulation;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine.Simulation;

/// <summary>Blueprints played through by the real planner on the real sandbox, with time that jumps.</summary>
public sealed class PlayedBlueprints
{
    private const string Chain = """
        net: { entity: network@1 }
        ask: { gate: approval, by: customer, after: [net] }
        app: { entity: app@1.0, after: [ask], config: { network: "${net.id}" } }
        side: { entity: network@1 }
        """;

    private static async Task<Outcome<SimulationResult>> PlayAsync(string nodes, string more, params (string Node, NodeBehaviour Behaviour)[] nodeWishes) => await BlueprintSimulation.PlayAsync(
        Sample.Compiled(Sample.Nodes(nodes) + more), Sample.Catalog, new SimulationWish([], nodeWishes.ToDictionary(wish => wish.Node, wish => wish.Behaviour)), Rows.Now, TestContext.Current.CancellationToken);

    private static async Task<SimulationResult> PlayedAsync(params (string Node, NodeBehaviour Behaviour)[] wishes)
    {
        var played = await PlayAsync(Chain, "", wishes);
        Assert.True(played.Succeeded, played.Succeeded ? "" : played.Faults[0].Message);
        return played.Value;
    }

    private static NodeBehaviour Takes(double seconds, NodeTrouble trouble = NodeTrouble.None) => new(trouble, TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task A_run_takes_as_long_as_its_longest_way_and_opens_gates_by_itself()
    {
        var played = await PlayedAsync(("net", Takes(60)), ("app", Takes(30)), ("side", Takes(80)));

        Assert.Equal((RunState.Succeeded, TimeSpan.FromSeconds(90), 0), (played.Outcome, played.Total, played.Retries));
        Assert.Equal(["net 60", "app 30"], played.CriticalPath.Select(step => $"{step.Node} {step.Took.TotalSeconds}"));
        Assert.Equal((StepState.Applying, StepState.Blocked, StepState.Applying), (played.At(TimeSpan.FromSeconds(30))["net"].State, played.At(TimeSpan.FromSeconds(30))["app"].State, played.At(TimeSpan.FromSeconds(30))["side"].State));
        Assert.All(played.At(played.Total).Values, frame => Assert.Equal(StepState.Succeeded, frame.State));
    }

    [Fact]
    public async Task A_failure_that_passes_is_one_retry_and_its_wait()
    {
        var played = await PlayedAsync(("net", Takes(10, NodeTrouble.TransientOnce)));

        Assert.Equal((RunState.Succeeded, 1), (played.Outcome, played.Retries));
        Assert.Contains(played.Frames, frame => frame is { Node: "net", State: StepState.Applying, Attempt: 2 });
        Assert.InRange(played.CriticalPath[0].Took, TimeSpan.FromSeconds(11.5), TimeSpan.FromSeconds(12.5));
    }

    [Fact]
    public async Task A_failure_for_good_ends_the_run_and_what_stands_behind_it_never_starts()
    {
        var played = await PlayedAsync(("net", Takes(10, NodeTrouble.Terminal)));

        Assert.Equal(RunState.Failed, played.Outcome);
        Assert.Equal((StepState.Failed, StepState.Blocked, StepState.Succeeded), (played.At(played.Total)["net"].State, played.At(played.Total)["app"].State, played.At(played.Total)["side"].State));
    }

    [Fact]
    public async Task An_unknown_outcome_is_looked_at_and_not_repeated()
    {
        var played = await PlayedAsync(("net", Takes(10, NodeTrouble.OutcomeUnknown)));

        Assert.Equal((RunState.Succeeded, 0), (played.Outcome, played.Retries));
        Assert.Contains(played.Frames, frame => frame is { Node: "net", State: StepState.Unknown });
    }

    [Fact]
    public async Task A_slow_node_takes_ten_times_as_long() => Assert.Equal(TimeSpan.FromSeconds(70), (await PlayedAsync(("net", Takes(6, NodeTrouble.Slow)), ("app", Takes(10)))).Total);

    [Fact]
    public async Task Days_of_waiting_pass_at_once()
    {
        var played = (await PlayAsync("ask: { gate: wait, duration: 48h }\nnet: { entity: network@1, after: [ask] }", "")).Value;

        Assert.Equal((RunState.Succeeded, 2), (played.Outcome, played.Total.Days));
    }

    [Fact]
    public async Task What_is_left_out_is_skipped_and_given_values_of_the_right_kind()
    {
        var played = (await PlayAsync("net: { entity: network@1 }\napp: { entity: app@1.0, config: { network: \"${net.id}\" } }", "  noop: [net]\n")).Value;

        Assert.Equal((RunState.Succeeded, StepState.Skipped), (played.Outcome, played.At(played.Total)["net"].State));
    }

    [Fact]
    public async Task A_parameter_that_is_missing_is_said_at_its_field()
    {
        var played = await PlayAsync("net: { entity: network@1 }", "  parameters: { type: object, required: [zone], properties: { zone: { type: string } } }\n");

        Assert.Equal("parameters.zone", played.Faults[0].Field);
    }

    [Fact]
    public async Task A_large_graph_is_played_in_a_moment()
    {
        var nodes = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"n{i}: {{ entity: network@1{(i >= 10 ? $", after: [n{i - 10}]" : "")} }}"));

        Assert.Equal(TimeSpan.FromSeconds(30), (await PlayAsync(nodes, "")).Value.Total);
    }
}
