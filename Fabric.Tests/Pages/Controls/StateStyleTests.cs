using Fabric.Web.Controls;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Controls;

public class StateStyleTests
{
    public static TheoryData<string> Names =>
        [.. Enum.GetNames<StepState>(), .. Enum.GetNames<RunState>(), .. Enum.GetNames<EntityState>(), .. Enum.GetNames<EnvironmentState>(), .. Enum.GetNames<IntentStatus>()];

    [Theory, MemberData(nameof(Names))]
    public void Every_state_has_a_look_of_its_own_table(string state) =>
        Assert.True(state == nameof(StepState.Unknown) || StateStyle.Of(state).Css != "st-unknown", $"{state} has no entry");

    [Fact]
    public void A_step_that_is_ready_waits_and_an_entity_that_is_ready_is_well()
    {
        Assert.Equal("st-waiting", StateStyle.Of(StateStyle.NameOf(StepState.Ready)).Css);
        Assert.Equal("st-good", StateStyle.Of(nameof(EntityState.Ready)).Css);
    }
}
