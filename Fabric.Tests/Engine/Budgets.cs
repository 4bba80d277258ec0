using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

/// <summary>An executor that may do one thing at a time.</summary>
public sealed class Budgets
{
    [Fact]
    public async Task What_ended_while_it_stood_in_line_is_never_begun_and_what_holds_the_line_can_be_stopped()
    {
        var narrow = new NarrowExecutor();
        var rules = EngineBed.FastRules with { StepTimeout = TimeSpan.FromSeconds(20) };
        await using var bed = await EngineBed.OpenAsync(rules, null, narrow);
        var type = EngineBed.Type() with { Implementations = [new Implementation { On = CloudDouble.Cloud }] };
        var environment = await bed.CreateAsync(EngineBed.Blueprint("two", [("a", []), ("b", [])], type), [type], cloud: CloudDouble.Cloud);
        await using var owner = await bed.OwnAsync(environment.Id);

        // One of the two is begun and holds the only place; both time out, and the one under way is asked to stop although it holds the place.
        var failed = await bed.RunAsync(owner, RunKind.Apply);
        Assert.Equal(RunState.Failed, failed.State);
        Assert.Equal(narrow.Begun.Single(), await narrow.Stopped.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));

        narrow.LetGo();
        Assert.Equal(RunState.Succeeded, (await bed.RunAsync(owner, RunKind.Apply)).State);
        Assert.Equal(3, narrow.Begun.Count);
    }

    private sealed class NarrowExecutor : IExecutor
    {
        private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Begun { get; } = [];

        public TaskCompletionSource<string> Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => ExecutorNames.Terraform;

        public int Budget => 1;

        public void LetGo() => held.TrySetResult();

        public ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Planned(ConfigPlan.Make(step)));

        public async ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken)
        {
            lock (Begun)
                Begun.Add(step.Step.Node);
            await held.Task.WaitAsync(cancellationToken);
            return StepResult.Completed();
        }

        public ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.NotApplied());

        public ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken)
        {
            lock (Begun)
            {
                if (Begun.Contains(step.Step.Node))
                    Stopped.TrySetResult(step.Step.Node);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Completed());
    }
}
