using System.Text.Json.Nodes;
using Bunit;
using Fabric.Web.ConsoleView.Blueprints.Simulate;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Simulation;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Console;

public sealed class SimulatePageTests : PageBed
{
    private static readonly SimulationResult Played = new(
        RunState.Succeeded, "Every step is done.", TimeSpan.FromSeconds(100), 1, [new PathStep("network", TimeSpan.Zero, TimeSpan.FromSeconds(100))],
        [
            new(TimeSpan.Zero, "network", StepState.Applying, 1, 0, ""), new(TimeSpan.Zero, "cluster", StepState.Blocked, 0, 0, ""),
            new(TimeSpan.FromSeconds(100), "network", StepState.Succeeded, 1, 0, ""),
        ]);

    private IRenderedComponent<SimulatePage> OpenPage(params Fault[] faults)
    {
        Blueprints.SimulationForm = new SimulationForm(
            faults.Length > 0 ? [] : Samples.Nodes,
            JsonNode.Parse("""{"type":"object","properties":{"servers":{"type":"integer","default":3}}}""")!.AsObject(),
            new Dictionary<string, TimeSpan> { ["network"] = TimeSpan.FromSeconds(90) },
            faults);
        Blueprints.Simulated = Played;
        return Open<SimulatePage>(Samples.Sre, "console/blueprints/pinot/simulate", (nameof(SimulatePage.Name), "pinot"));
    }

    private static string StateOf(IRenderedComponent<SimulatePage> page, string node) => page.FindAll(".steps li").Single(line => line.TextContent.Contains(node, StringComparison.Ordinal)).QuerySelector(".chip")!.TextContent.Trim();

    [Fact]
    public void What_is_chosen_is_played_and_then_watched()
    {
        var page = OpenPage();
        page.Find("[aria-label='What goes wrong with network']").Change("TransientOnce");
        page.Find("[aria-label='How long cluster takes']").Change("5m");

        Button(page, "Play it through").Click();

        Assert.Equal((3, NodeTrouble.TransientOnce, TimeSpan.FromMinutes(5)), ((int)Blueprints.Wished!.Parameters["servers"]!, Blueprints.Wished.Of("network").Trouble, Blueprints.Wished.Of("cluster").Duration));
        Assert.Contains("1 min 40 s in all, 1 retry.", page.Find(".summary").TextContent, StringComparison.Ordinal);
        Assert.Equal(("Applying", "Waiting"), (StateOf(page, "network"), StateOf(page, "cluster")));
        Time.Advance(TimeSpan.FromSeconds(12));
        page.WaitForAssertion(() => Assert.Equal("Succeeded", StateOf(page, "network")));
        Assert.Contains("Play again", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_moment_can_be_chosen_and_held()
    {
        var page = OpenPage();
        Button(page, "Play it through").Click();

        Button(page, "Pause").Click();
        page.Find("input[type=range]").Input("1000");

        Assert.Equal("Succeeded", StateOf(page, "network"));
        Assert.Contains("1 min 40 s of 1 min 40 s", page.Find(".clock").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_is_none_is_said_and_nothing_is_played()
    {
        var page = OpenPage();

        page.Find("[aria-label='How long network takes']").Change("soon");
        Button(page, "Play it through").Click();

        Assert.Contains("'soon' is no time: write 30s, 5m or 2h.", page.Markup, StringComparison.Ordinal);
        Assert.Null(Blueprints.Wished);
    }

    [Fact]
    public void A_draft_with_faults_lists_them_instead() =>
        Assert.Contains("It cannot be played yet", OpenPage(new Fault("X", "pinot.yaml", 3, 1, "No such node.")).Markup, StringComparison.Ordinal);

    [Fact]
    public void What_keeps_it_from_being_played_stands_at_its_field()
    {
        var page = OpenPage();
        Blueprints.Simulated = new OperationFault(FaultKind.Invalid, "InvalidParameter", "must be at least 1.", "parameters.servers");

        Button(page, "Play it through").Click();

        Assert.Contains("must be at least 1.", page.Find(".form").TextContent, StringComparison.Ordinal);
    }
}
