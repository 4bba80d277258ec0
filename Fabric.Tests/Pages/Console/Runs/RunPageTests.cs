using AngleSharp.Dom;
using Bunit;
using Fabric.Web.ConsoleView.Runs.Detail;
using Fabric.Web.Live;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Pages.Console.Runs;

public sealed class RunPageTests : PageBed
{
    private IRenderedComponent<RunPage> OpenRun(Actor actor, string query = "") => Open<RunPage>(actor, $"console/runs/{Samples.RunId}{query}", (nameof(RunPage.Id), Samples.RunId));

    private void Feed(RunView run)
    {
        Desk.Runs[Samples.RunId] = run;
        Desk.Events.AddRange(RunSamples.Events);
    }

    private static RunView Failed(Actor actor)
    {
        var run = RunSamples.Ended(RunState.Failed);
        Step[] steps = [run.Steps[0] with { State = StepState.Failed, Reason = "QuotaExceeded", Message = "no address left" }, .. run.Steps.Skip(1)];
        return ViewBuilder.Run(actor, run.Run, run.Nodes, steps, []) with { Place = run.Place };
    }

    private static IElement Aside(IRenderedComponent<RunPage> page) => page.Find("aside");

    private static IEnumerable<string> Said(IRenderedComponent<RunPage> page) => page.FindAll("[role=log] .said").Select(line => line.TextContent.Trim());

    [Fact]
    public void A_run_that_is_over_says_what_it_ran_how_long_it_took_and_why()
    {
        Feed(RunSamples.Ended());

        var page = OpenRun(Samples.Sre);

        Assert.Equal("Run 4 of analytics", page.Find("h1").TextContent);
        Assert.Contains("pinot v7", page.Find("header").TextContent, StringComparison.Ordinal);
        Assert.Contains("took 40 s", page.Find("header").TextContent, StringComparison.Ordinal);
        var times = page.Find("section[aria-label=Times]");
        Assert.Contains("Critical path, 40 s of 40 s", times.TextContent, StringComparison.Ordinal);
        Assert.Equal(["storage", "cluster", "storage", "cluster", "network"], times.QuerySelectorAll("strong").Select(node => node.TextContent));
        Assert.Contains("◆ critical path · 25 s · attempt 2", page.Find(".graph-list").TextContent, StringComparison.Ordinal);
        Assert.Equal(RunSamples.Events.Count, Said(page).Count());
    }

    [Fact]
    public void A_press_on_a_node_chooses_it_in_the_address_and_for_the_journal_and_a_second_one_lets_go()
    {
        Feed(RunSamples.Ended());
        var page = OpenRun(Samples.Sre);

        page.FindAll(".graph-list button").First(button => button.TextContent.Contains("network", StringComparison.Ordinal)).Click();

        Assert.EndsWith("?node=network", Address, StringComparison.Ordinal);
        Assert.Equal(["network says StepStarted", "network says StepSucceeded"], Said(page));
        Assert.Contains("net-1", Aside(page).TextContent, StringComparison.Ordinal);

        Button(page, "Whole run").Click();
        Assert.Equal(RunSamples.Events.Count, Said(page).Count());

        Button(page, "Close").Click();
        Assert.DoesNotContain("node=", Address, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("aside"));
    }

    [Fact]
    public void The_side_part_shows_the_plan_field_by_field()
    {
        var run = RunSamples.Ended();
        Feed(run with { Steps = [run.Steps[0] with { Action = PlanAction.Update, Plan = new StepPlan(PlanAction.Update, [new FieldChange("cidr", "10.0.0.0/16", "10.1.0.0/16")], true, "i") }] });

        var plan = Aside(OpenRun(Samples.Sre, "?node=network")).QuerySelector(".plan")!;

        Assert.Contains("1 to update", plan.TextContent, StringComparison.Ordinal);
        Assert.Contains("10.1.0.0/16", plan.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_step_is_retried_or_skipped_with_a_reason_beside_the_drawing()
    {
        Feed(Failed(Samples.Sre));
        var page = OpenRun(Samples.Sre, "?node=network&tab=times");
        Assert.Contains("no address left", Aside(page).TextContent, StringComparison.Ordinal);
        Assert.Contains("QuotaExceeded", Aside(page).TextContent, StringComparison.Ordinal);

        Button(page, "Retry Network").Click();
        Button(page, "Skip").Click();
        page.FindAll("input").First(input => input.GetAttribute("type") == "text").Input("made by hand");
        Button(page, "Skip with this reason").Click();

        Assert.Equal(["retry network", "skip network made by hand"], Desk.Deeds);
    }

    [Fact]
    public void Support_sees_it_all_and_can_do_nothing()
    {
        var support = Samples.Sre with { Role = Role.Support };
        Feed(Failed(support));

        var page = OpenRun(support, "?node=network");

        Assert.Contains("no address left", Aside(page).TextContent, StringComparison.Ordinal);
        string[] verbs = ["Retry", "Skip", "Approve", "Reject", "Cancel", "Pause", "Resume"];
        Assert.DoesNotContain(page.FindAll("button"), button => verbs.Any(verb => button.TextContent.Trim().StartsWith(verb, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(RunState.Running, "Pause,Cancel")]
    [InlineData(RunState.Paused, "Resume,Cancel")]
    [InlineData(RunState.AwaitingApproval, "Cancel,Reject,Approve 3 changes")]
    [InlineData(RunState.Succeeded, "")]
    public void The_transitions_decide_which_buttons_a_run_has(RunState state, string words)
    {
        var ended = RunSamples.Ended();
        var run = ended.Run with { State = state, ApprovalBy = "vendor", EndedAt = null };
        Feed(ViewBuilder.Run(Samples.Sre, run, ended.Nodes, ended.Steps, []) with { Place = ended.Place });

        var page = OpenRun(Samples.Sre);

        string[] verbs = ["Pause", "Resume", "Cancel", "Reject", "Approve 3 changes"];
        Assert.Equal(words.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), page.FindAll("button").Select(button => button.TextContent.Trim()).Where(verbs.Contains).Order());
        foreach (var word in words.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(word => word is "Pause" or "Resume" or "Cancel"))
        {
            Button(page, word).Click();
            Assert.StartsWith($"{word.ToLowerInvariant()} run", Desk.Deeds[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_times_are_a_table_that_reads_without_its_bars()
    {
        Feed(RunSamples.Ended());

        var page = OpenRun(Samples.Sre, "?tab=times");

        var rows = page.FindAll("table tbody tr");
        Assert.Equal(["network", "storage", "cluster"], rows.Select(row => row.QuerySelector("th a")!.TextContent));
        Assert.Contains("Attempt 2: waiting 5 s, applying 15 s.", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("on the critical path", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("Times", page.Find("nav.tabs [aria-current]").TextContent);
    }

    [Fact]
    public void A_run_that_is_over_is_replayed_on_its_drawing()
    {
        Feed(RunSamples.Ended());
        var page = OpenRun(Samples.Sre);

        Button(page, "Replay it").Click();
        Assert.Equal(["Planning", "Planning", "Waiting"], States(page));
        Button(page, "Pause").Click();
        page.Find("input[type=range]").Input("300");
        Assert.Equal(["Succeeded", "Applying", "Waiting"], States(page));
        Assert.Contains("12 s of 40 s", page.Find(".clock").TextContent, StringComparison.Ordinal);

        Button(page, "Go on").Click();
        Time.Advance(TimeSpan.FromSeconds(12));
        page.WaitForAssertion(() => Assert.Equal(["Succeeded", "Succeeded", "Succeeded"], States(page)));
        Button(page, "End the replay").Click();
        Assert.Empty(page.FindAll("input[type=range]"));
        Assert.Contains("◆ critical path", page.Find(".graph-list").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_goes_is_not_replayed()
    {
        Feed(RunSamples.Ended(RunState.Running));

        Assert.DoesNotContain(OpenRun(Samples.Sre).FindAll("button"), button => button.TextContent.Trim() == "Replay it");
    }

    private static IEnumerable<string> States(IRenderedComponent<RunPage> page) => page.FindAll(".graph-list .chip").Select(chip => chip.TextContent.Trim());

    [Fact]
    public void The_time_of_a_step_that_goes_is_counted_on_the_drawing()
    {
        var run = RunSamples.Ended(RunState.Running);
        Feed(run with { Run = run.Run with { EndedAt = null }, Steps = [run.Steps[0] with { State = StepState.Applying, EndedAt = null }] });
        var page = OpenRun(Samples.Sre);

        Time.Advance(TimeSpan.FromSeconds(5));

        page.WaitForAssertion(() => Assert.Contains("5 s", page.Find(".graph-list").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_of_a_node_that_are_not_among_the_newest_are_loaded_on_demand()
    {
        Desk.Runs[Samples.RunId] = RunSamples.Ended();
        Desk.Events.Add(RunSamples.Event("network", "StepStarted", 1) with { Sequence = 1 });
        for (var i = 2; i < 700; i++)
            Desk.Events.Add(RunSamples.Event("cluster", "StepProgress", 30) with { Sequence = i });
        var page = OpenRun(Samples.Sre, "?node=network");
        Assert.Contains("None of the newest lines is about it.", page.Markup, StringComparison.Ordinal);

        Button(page, "Load earlier events").Click();

        Assert.Equal(["network says StepStarted"], Said(page));
    }

    [Fact]
    public void What_happens_stands_on_the_page_within_a_second()
    {
        var run = RunSamples.Ended(RunState.Running);
        Feed(run with { Run = run.Run with { EndedAt = null }, Steps = [run.Steps[0] with { State = StepState.Applying, EndedAt = null }] });
        var page = OpenRun(Samples.Sre);
        Assert.Contains("Applying", page.Find(".graph-list").TextContent, StringComparison.Ordinal);

        Desk.Runs[Samples.RunId] = RunSamples.Ended();
        Desk.Events.Add(RunSamples.Event(null, "RunDone", 99));
        Desk.Notify(Samples.EnvironmentId);
        Settle();

        page.WaitForAssertion(() => Assert.Contains("Critical path", page.Markup, StringComparison.Ordinal));
        Assert.Contains("run says RunDone", Said(page));
    }

    [Theory]
    [InlineData("", "It has no steps yet")]
    [InlineData("?tab=times", "It has not begun to work")]
    public void A_run_that_has_not_begun_says_what_will_stand_there(string query, string words)
    {
        Feed(Samples.RunView(Samples.Run(RunState.Pending), []));

        Assert.Contains(words, OpenRun(Samples.Sre, query).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_run_is_said_to_be_none() => Assert.Contains("No such run", OpenRun(Samples.Sre).Markup, StringComparison.Ordinal);

    [Fact]
    public void A_customer_is_shown_the_way_to_the_portal()
    {
        Feed(RunSamples.Ended());

        var page = OpenRun(Samples.Owner);

        Assert.Contains("This side is the vendor's", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("analytics", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_cannot_be_read_says_so_and_comes_back()
    {
        Feed(RunSamples.Ended());
        Desk.Broken = new InvalidOperationException("away");
        var page = OpenRun(Samples.Sre);
        Assert.Contains("The run could not be loaded", page.Markup, StringComparison.Ordinal);

        Desk.Broken = null;
        Button(page, "Try again").Click();

        Assert.Equal("Run 4 of analytics", page.Find("h1").TextContent);
    }

    [Fact]
    public void While_a_run_is_read_its_shape_stands_there()
    {
        Desk.Held = new TaskCompletionSource().Task;

        Assert.Single(OpenRun(Samples.Sre).FindAll("[role=status][aria-label=Loading]"));
    }
}
