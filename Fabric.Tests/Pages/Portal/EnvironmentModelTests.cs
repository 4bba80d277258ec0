using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Portal;

public sealed class EnvironmentModelTests
{
    [Fact]
    public void A_step_wins_while_its_run_goes()
    {
        var run = Samples.RunView(Samples.Run(RunState.Running), [Samples.Step("network", StepState.Applying) with { ProgressDone = 1, ProgressTotal = 4 }]);
        var model = new EnvironmentModel(Samples.View(run));

        Assert.Equal("Applying", model.Paints["network"].State);
        Assert.Equal(25, model.Paints["network"].Percent);
        Assert.Equal("Ready", model.Paints["cluster"].State);
    }

    [Fact]
    public void The_entity_wins_once_the_run_is_over()
    {
        var run = Samples.RunView(Samples.Run(RunState.Failed), [Samples.Step("network", StepState.Failed)]);
        var model = new EnvironmentModel(Samples.View(run, entities: [Samples.Entity("network", EntityState.Degraded, drifted: true)]));

        Assert.Null(model.Going);
        Assert.Equal("Degraded", model.Paints["network"].State);
        Assert.True(model.Paints["network"].Drifted);
        Assert.True(model.Drifted);
    }

    [Fact]
    public void A_no_op_node_says_so_whatever_runs()
    {
        var view = Samples.View() with { Nodes = [Samples.Node("network", "Network", noOp: true)] };

        Assert.Equal("no-op", new EnvironmentModel(view).Paints["network"].State);
    }

    [Fact]
    public void A_node_says_what_matters_of_it()
    {
        Assert.Equal("3 replicas", new EnvironmentModel(Samples.View()).Paints["cluster"].Line);
        Assert.Equal("absent@1.0.0", NodeLine.Of(Samples.Node("absent", "Absent"), null, null));
    }

    [Fact]
    public void Gates_are_the_steps_this_person_may_approve()
    {
        var steps = new[] { Samples.Step("network", StepState.AwaitingApproval), Samples.Step("cluster", StepState.AwaitingApproval) };
        var run = Samples.RunView(Samples.Run(RunState.Running), steps, onSteps: new() { ["cluster"] = ["approve", "reject"] });

        Assert.Equal(["cluster"], new EnvironmentModel(Samples.View(run)).Gates.Select(step => step.Node));
    }
}
