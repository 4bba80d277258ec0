using Fabric.Web.ConsoleView.Agents;
using Fabric.Web.ConsoleView.Fleet;
using Fabric.Web.Live;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Console;

public sealed class FleetFilterTests
{
    private static FleetRow Row(string name, EnvironmentState state = EnvironmentState.Ready, Run? run = null, TimeSpan? silent = null) => FleetRow.Of(
        new EnvironmentLine(Samples.Environment(name, state), 7, run, silent is null ? null : "east", silent is { } ago ? Samples.Now - ago : null), Samples.Now);

    [Theory]
    [InlineData("unwell", "broken")]
    [InlineData("Failed", "broken")]
    [InlineData("running", "busy")]
    [InlineData("away", "silent")]
    [InlineData(null, "broken,busy,silent,well")]
    public void A_state_or_a_group_of_states_is_asked_for(string? state, string names)
    {
        FleetRow[] rows =
        [
            Row("broken", EnvironmentState.Failed), Row("busy", EnvironmentState.Updating, Samples.Run(RunState.Running)),
            Row("silent", silent: TimeSpan.FromMinutes(5)), Row("well", silent: TimeSpan.FromSeconds(10)),
        ];

        Assert.Equal(names.Split(','), rows.Where(FleetFilter.Of(state, "", null).Matches).Select(row => row.Environment.Name));
    }

    [Fact]
    public void Drift_is_asked_for_alone()
    {
        var drifted = FleetRow.Of(new EnvironmentLine(Samples.Environment("loose"), 7, null, null, null, Drifted: 2), Samples.Now);

        Assert.Equal(["loose"], new[] { drifted, Row("tight") }.Where(FleetFilter.Of("drifted", null, null).Matches).Select(row => row.Environment.Name));
    }

    [Theory]
    [InlineData(109, false)]
    [InlineData(111, true)]
    public void An_agent_is_away_after_two_missed_syncs(int seconds, bool away) =>
        Assert.Equal(away, Row("a", silent: TimeSpan.FromSeconds(seconds)).AgentAway);

    [Fact]
    public void Every_word_is_looked_for() =>
        Assert.True(FleetFilter.Of(null, null, "ANALYTICS sandbox").Matches(Row("analytics")) && !FleetFilter.Of(null, null, "analytics aws").Matches(Row("analytics")));

    [Fact]
    public void What_is_not_well_stands_first()
    {
        var order = FleetRow.InOrder([Row("a"), Row("b", run: Samples.Run(RunState.Running)), Row("c", EnvironmentState.Degraded)]);

        Assert.Equal(["c", "b", "a"], order.Select(row => row.Environment.Name));
    }

    [Fact]
    public void A_hidden_column_stands_in_the_address()
    {
        Assert.Equal("cell", new FleetColumns(null).Toggle("cell"));
        Assert.Null(new FleetColumns("cell").Toggle("cell"));
        Assert.False(new FleetColumns("cell").Shows("cell"));
    }

    [Fact]
    public void Memory_is_read_from_the_heartbeat() => Assert.Equal("30 MiB", AgentText.Memory(Samples.Agent()));
}
