using Fabric.Tests.Support;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors;

namespace Fabric.Tests.Engine.Simulation;

/// <summary>A cloud that is not simulated, so that approvals count, and that does nothing.</summary>
internal sealed class CloudDouble : IExecutor
{
    public const string Cloud = "azure";

    private readonly Dictionary<string, HeldWork> held = [];

    public List<string> Applied { get; } = [];

    /// <summary>What it does stands, and never becomes healthy.</summary>
    public bool NeverHealthy { get; init; }

    /// <summary>The step it was asked to stop, and the state that was durable by then.</summary>
    public TaskCompletionSource<string> Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => ExecutorNames.Terraform;

    public int Budget => 10;

    public static EntityType Type(bool protect = false) => EngineBed.Type(protect: protect) with { Implementations = [new Implementation { On = Cloud }] };

    public ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Planned(ConfigPlan.Make(step)));

    /// <summary>Keeps a piece of work from ending until it is let go.</summary>
    /// <param name="what">Action and node: <c>Delete a</c>.</param>
    public HeldWork Hold(string what) => held[what] = new HeldWork();

    public async ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken)
    {
        var what = What(step);
        lock (Applied)
            Applied.Add(what);
        if (held.GetValueOrDefault(what) is { } work)
            await work.WaitAsync(cancellationToken);
        return NeverHealthy ? StepResult.InProgress(TimeSpan.FromMinutes(1), "Not healthy yet.", verifying: true) : StepResult.Completed(Outputs(step));
    }

    public ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken)
    {
        lock (Applied)
            return new(Applied.Contains(What(step)) ? StepResult.Completed(Outputs(step)) : StepResult.NotApplied());
    }

    public ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken)
    {
        Cancelled.TrySetResult($"{step.Step.Node} {step.Step.State}");
        return ValueTask.CompletedTask;
    }

    public ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken) => new(StepResult.Completed());

    private static string What(StepContext step) => $"{step.Step.Action} {step.Step.Node}";

    private static System.Text.Json.Nodes.JsonObject Outputs(StepContext step) => new() { ["id"] = step.Step.Node };

    /// <summary>Work that has begun and ends when the test says so.</summary>
    public sealed class HeldWork
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => begun.Task.WaitAsync(TimeSpan.FromMinutes(2));

        public void LetGo() => over.TrySetResult();

        internal Task WaitAsync(CancellationToken cancellationToken)
        {
            begun.TrySetResult();
            return over.Task.WaitAsync(cancellationToken);
        }
    }
}
