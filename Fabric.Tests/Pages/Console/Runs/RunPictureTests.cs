using Fabric.Web.ConsoleView.Runs.Detail;
using Fabric.Web.Controls;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Console.Runs;

public sealed class RunPictureTests
{
    private static RunPicture Picture(params Step[] steps) => RunPicture.Of(Samples.RunView(Samples.Run(RunState.Running), steps), null, Samples.Now.AddSeconds(30));

    [Fact]
    public void A_node_says_its_state_its_attempt_its_time_and_its_progress()
    {
        var paint = Picture(Samples.Step("network", StepState.Applying) with { Attempt = 2, StartedAt = Samples.Now, ProgressDone = 1, ProgressTotal = 4, Message = "making subnets" }).Paints["network"];

        Assert.Equal(("Applying", "30 s · attempt 2 · 1 of 4 · making subnets", 25), (paint.State, paint.Line, paint.Percent));
    }

    [Fact]
    public void A_node_without_a_step_is_drawn_as_not_in_the_run() => Assert.Equal("Untouched", Picture().Paints["cluster"].State);

    [Fact]
    public void What_the_run_deletes_and_its_version_does_not_have_is_drawn_too()
    {
        var picture = Picture(Samples.Step("network", StepState.Succeeded), Samples.Step("queue", StepState.Applying, PlanAction.Delete, 1) with { DependsOn = ["network", "gone"] });

        Assert.Equal(["network", "cluster", "queue"], picture.Nodes.Select(node => node.Name));
        Assert.Equal(["network"], picture.Nodes[2].DependsOn);
        Assert.Equal("queue", picture.Nodes[2].Icon);
        Assert.Equal("Applying", picture.Paints["queue"].State);
    }

    [Fact]
    public void The_critical_path_is_a_word_on_its_nodes_and_a_mark_on_its_edges()
    {
        var run = RunSamples.Ended();

        var picture = RunPicture.Of(run, RunTimes.Of(run), Samples.Now);

        Assert.Equal(["storage", "cluster"], picture.Paints.Where(paint => paint.Value.Line.StartsWith(RunPicture.Critical, StringComparison.Ordinal)).Select(paint => paint.Key));
        Assert.Equal(EdgeMarks.Critical, Assert.Single(picture.Marks.Of("cluster")!, mark => mark.Key == "storage").Value);
        Assert.Single(picture.Marks.Of("cluster")!);
    }

    [Fact]
    public void In_a_removal_the_path_goes_against_the_edges()
    {
        var run = RunSamples.Ended();
        run = run with { Steps = [run.Steps[2] with { DependsOn = [], EndedAt = Samples.Now.AddSeconds(5) }, run.Steps[1] with { DependsOn = ["cluster"] }] };

        Assert.Equal(["storage"], RunPicture.Of(run, RunTimes.Of(run), Samples.Now).Marks.Of("cluster")!.Keys);
    }
}
