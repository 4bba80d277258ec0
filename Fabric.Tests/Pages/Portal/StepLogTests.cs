using Bunit;
using Fabric.Tests.Pages.Controls;
using Fabric.Web.ConsoleView.Runs.Detail;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Portal;

/// <summary>What Terraform prints, beside the drawing and on the run's page.</summary>
public sealed class StepLogTests : PageBed
{
    private static Step Working(string message = "Creating aws_vpc.this") => Samples.Step("network", StepState.Applying) with
    {
        Executor = ExecutorNames.Terraform, Message = message, ProgressDone = 3, ProgressTotal = 12, StartedAt = Samples.Now.AddSeconds(-75), Attempt = 1,
    };

    private void Feed(Step step)
    {
        var run = Samples.RunView(Samples.Run(RunState.Running), [step]);
        Desk.Environments[Samples.EnvironmentId] = Samples.View(run);
        Desk.Runs[Samples.RunId] = run;
    }

    private IRenderedComponent<EnvironmentPage> OpenSheet() =>
        Open<EnvironmentPage>(Samples.Viewer, $"portal/environments/{Samples.EnvironmentId}?node=network", (nameof(EnvironmentPage.Id), Samples.EnvironmentId));

    [Fact]
    public void The_sheet_shows_how_far_it_is_what_it_does_and_what_was_printed()
    {
        Feed(Working());
        Terraform.Logs.AddRange([StepLogPagesTests.Chunk(1, "Plan: 12 to add\n", attempt: 0), StepLogPagesTests.Chunk(2, "aws_vpc.this: Creating...\n")]);

        var sheet = OpenSheet().Find("aside");

        Assert.Contains("3 of 12 done", sheet.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 min 15 s", sheet.TextContent, StringComparison.Ordinal);
        Assert.Contains("Creating aws_vpc.this", sheet.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Plan of the run", "Attempt 1"], sheet.QuerySelectorAll(".step-log .which > span").Select(one => one.TextContent));
        Assert.Contains("aws_vpc.this: Creating...", sheet.QuerySelector("[role=log]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_chunk_comes_with_the_next_snapshot()
    {
        Feed(Working());
        var page = OpenSheet();
        Assert.Contains("Nothing was printed yet.", page.Markup, StringComparison.Ordinal);

        Terraform.Logs.Add(StepLogPagesTests.Chunk(2, "aws_vpc.this: Creation complete\n"));
        Desk.Notify(Samples.EnvironmentId);
        Settle();

        page.WaitForAssertion(() => Assert.Contains("Creation complete", page.Find(".step-log").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Reasons.WaitsForPlace)]
    [InlineData(Reasons.WorkspaceBusy)]
    public void What_is_waited_for_is_said_and_marked(string reason)
    {
        Feed(Working("Waits: 4 pieces of Terraform work of cell local are under way.") with { Reason = reason, ProgressTotal = 0 });

        var sheet = OpenSheet().Find("aside");

        Assert.Equal("Waits", sheet.QuerySelector(".progress .chip")!.TextContent.Trim());
        Assert.Contains("4 pieces of Terraform work", sheet.QuerySelector(".progress .now")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_cannot_be_read_leaves_the_page_alone()
    {
        Feed(Working());
        Terraform.Broken = new InvalidOperationException("away");

        var page = OpenSheet();

        Assert.Contains("The newest lines cannot be read now", page.Markup, StringComparison.Ordinal);
        Assert.Equal("analytics", page.Find("h1").TextContent.Trim());
    }

    [Fact]
    public void The_runs_page_has_a_part_for_logs_that_begins_at_the_step_that_works()
    {
        var run = Samples.RunView(Samples.Run(RunState.Running), [Samples.Step("cluster", StepState.Blocked) with { Executor = ExecutorNames.Terraform }, Working()]) with
        {
            Place = new RunPlace(Samples.Environment(), "pinot", []),
        };
        Desk.Runs[Samples.RunId] = run;
        Terraform.Logs.AddRange([StepLogPagesTests.Chunk(2, "Error: no quota\n"), StepLogPagesTests.Chunk(2, "of the cluster\n", node: "cluster")]);

        var page = Open<RunPage>(Samples.Sre, $"console/runs/{Samples.RunId}?tab=log", (nameof(RunPage.Id), Samples.RunId));

        Assert.Equal("Error: no quota\n", page.Find(".under pre .bad").TextContent);
        page.FindAll(".under .filter").First(chip => chip.TextContent.Trim() == "cluster").Click();
        Assert.Contains("node=cluster", Address, StringComparison.Ordinal);
        Assert.Contains("of the cluster", page.Find(".under pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_the_sandbox_says_that_it_prints_nothing()
    {
        Desk.Runs[Samples.RunId] = Samples.RunView(Samples.Run(RunState.Running), [Samples.Step("network", StepState.Applying)]);
        var page = Open<RunPage>(Samples.Sre, $"console/runs/{Samples.RunId}?tab=log", (nameof(RunPage.Id), Samples.RunId));
        Assert.Contains("No step of this run prints a log.", page.Markup, StringComparison.Ordinal);
    }
}
