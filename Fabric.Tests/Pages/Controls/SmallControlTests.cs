using Bunit;
using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Workflows.Runs;
using Microsoft.AspNetCore.Components;

namespace Fabric.Tests.Pages.Controls;

public class SmallControlTests : ControlBed
{
    [Fact]
    public void A_chip_says_its_state_and_its_drift_in_words() =>
        Assert.Equal("Ready, drifted", Words(Render<StateChip>(p => p.Add(c => c.State, "Ready").Add(c => c.Drifted, true))));

    [Fact]
    public void The_list_stands_in_order_of_execution_and_chooses()
    {
        string? chosen = null;
        var list = Render<StepList>(p => p.Add(l => l.Nodes, [Node("last", "first"), Node("first")]).Add(l => l.SelectedChanged, name => chosen = name));
        Assert.Equal(["first", "last"], list.FindAll("strong").Select(s => s.TextContent));
        list.FindAll("button")[1].Click();
        Assert.Equal("last", chosen);
    }

    [Fact]
    public void The_bar_counts_the_seconds_and_offers_what_is_allowed()
    {
        string? act = null;
        var run = new Run { Id = default, Tenant = "t", EnvironmentId = default, Number = 1, Kind = RunKind.Apply, Generation = 1, BlueprintVersion = 1, State = RunState.Running, StepsTotal = 4, StepsDone = 1, ActorId = "a", ActorName = "A", CreatedAt = Noon, StartedAt = Noon };
        var bar = Render<RunBar>(p => p.Add(b => b.View, new RunView(run, [], [], [], ["cancel"], new Dictionary<string, IReadOnlyList<string>>()))
            .Add(b => b.OnAct, EventCallback.Factory.Create<string>(this, name => act = name)));
        Assert.Contains("Step 2 of 4", bar.Markup, StringComparison.Ordinal);
        Clock.Advance(TimeSpan.FromSeconds(65));
        bar.WaitForAssertion(() => Assert.Equal("1 min 05 s", bar.Find("[role=timer]").TextContent));
        bar.FindAll("button").Single(b => b.TextContent.Trim() == "Cancel").Click();
        Assert.Equal("cancel", act);
    }

    [Theory]
    [InlineData(-3, "just now"), InlineData(-90, "1 min ago"), InlineData(-7300, "2 h ago"), InlineData(900, "in 15 min"), InlineData(-90000, "1 day ago")]
    public void Times_are_said_from_now(int seconds, string words)
    {
        var time = Render<RelativeTime>(p => p.Add(t => t.At, Noon.AddSeconds(seconds)));
        Assert.Equal(words, time.Find("time").TextContent);
        Assert.EndsWith("UTC", time.Find("time").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_of_several_days_says_where_each_begins_and_asks_for_earlier_lines()
    {
        var asked = 0;
        RunEvent Line(int sequence, double hours) => new() { Sequence = sequence, Tenant = "t", EnvironmentId = default, At = Noon.AddHours(hours), Kind = "X", Message = $"{sequence}", Actor = "Fabric" };
        var journal = Render<Journal>(p => p.Add(j => j.Events, [Line(1, -30), Line(2, -1), Line(3, 0)]).Add(j => j.Earlier, true).Add(j => j.OnEarlier, () => asked++));

        Assert.Equal(["28 Feb 2026", "1 Mar 2026"], journal.FindAll("li.day").Select(day => day.TextContent));
        journal.FindAll("button").Single(button => button.TextContent == "Load earlier events").Click();
        Assert.Equal(1, asked);
        Assert.Empty(Render<Journal>(p => p.Add(j => j.Events, [Line(2, -1), Line(3, 0)])).FindAll("li.day"));
    }

    [Fact]
    public void The_drawing_sends_only_what_changed()
    {
        var module = JSInterop.SetupModule("./dist/graph.js");
        var graph = module.SetupModule("create", _ => true);
        graph.Mode = JSRuntimeMode.Loose;
        IReadOnlyList<GraphNode> nodes = [Node("a"), Node("b", "a")];
        var canvas = Render<GraphCanvas>(p => p.Add(c => c.Nodes, nodes));
        canvas.Render(p => p.Add(c => c.Nodes, [Node("a"), Node("b", "a")])
            .Add(c => c.Paints, new Dictionary<string, NodePaint> { ["b"] = new("Applying", "1.0", 10, false) }));
        Assert.Single(graph.Invocations["load"]);
        Assert.Equal(2, graph.Invocations["paint"].Count);
        Assert.Equal(["b"], ((IEnumerable<string>)((dynamic)graph.Invocations["paint"][1].Arguments[0]!).Keys));
    }

    [Fact]
    public void Edges_that_stand_out_are_sent_with_the_node_they_lead_to_and_again_when_they_change()
    {
        var graph = JSInterop.SetupModule("./dist/graph.js").SetupModule("create", _ => true);
        graph.Mode = JSRuntimeMode.Loose;
        IReadOnlyList<GraphNode> nodes = [Node("a"), Node("b", "a")];
        EdgeMarks Added() => new([("a", "b", EdgeMarks.Added)]);
        var canvas = Render<GraphCanvas>(p => p.Add(c => c.Nodes, nodes).Add(c => c.Marks, Added()));
        canvas.Render(p => p.Add(c => c.Nodes, nodes).Add(c => c.Marks, Added()));
        Assert.Equal("added", ((IReadOnlyList<WireNode>)Assert.Single(graph.Invocations["load"]).Arguments[0]!)[1].Marks!["a"]);

        canvas.Render(p => p.Add(c => c.Nodes, nodes).Add(c => c.Marks, new EdgeMarks([("a", "b", EdgeMarks.Removed)])));

        Assert.Equal(2, graph.Invocations["load"].Count);
    }

    private static string Words(IRenderedComponent<StateChip> chip) =>
        string.Concat(chip.FindAll("span > span:not([aria-hidden])").Select(s => s.TextContent));
}
