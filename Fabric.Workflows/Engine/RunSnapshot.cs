using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>A run and its steps as they stand: what the planner decides on. Immutable.</summary>
public sealed class RunSnapshot
{
    private readonly Step[] steps;
    private readonly StepGraph graph;

    /// <summary>A snapshot of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="steps">Its steps, in order of execution.</param>
    public RunSnapshot(Run run, IEnumerable<Step> steps)
    {
        Run = run;
        this.steps = [.. steps];
        graph = new StepGraph(this.steps);
    }

    private RunSnapshot(Run run, Step[] steps, StepGraph graph) => (Run, this.steps, this.graph) = (run, steps, graph);

    /// <summary>The run.</summary>
    public Run Run { get; }

    /// <summary>Its steps, in order of execution.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>The step of a node; null when the run has none.</summary>
    public Step? Find(string node) => graph.IndexOf(node) is { } index ? steps[index] : null;

    /// <summary>A copy to be changed by one decision.</summary>
    internal Draft Change() => new(this);

    /// <summary>Indexes of the steps a step waits for.</summary>
    internal ReadOnlySpan<int> DependenciesOf(int index) => graph.DependenciesOf(index);

    /// <summary>The one place where a decision collects its changes.</summary>
    internal sealed class Draft(RunSnapshot before)
    {
        private readonly Step[] steps = [.. before.steps];
        private readonly HashSet<int> changed = [];

        public Run Run { get; set; } = before.Run;

        public int Count => steps.Length;

        public IEnumerable<Step> Changed => changed.Order().Select(index => steps[index]);

        public bool RunChanged => !ReferenceEquals(Run, before.Run);

        public Step this[int index]
        {
            get => steps[index];
            set
            {
                steps[index] = value;
                changed.Add(index);
            }
        }

        public int? IndexOf(string node) => before.graph.IndexOf(node);

        public bool DependenciesLetGo(int index)
        {
            foreach (var dependency in before.DependenciesOf(index))
            {
                if (!steps[dependency].State.LetsGo())
                    return false;
            }

            return true;
        }

        public RunSnapshot Freeze() => new(Run, steps, before.graph);
    }

    private sealed class StepGraph
    {
        private readonly Dictionary<string, int> index = new(StringComparer.Ordinal);
        private readonly int[][] dependencies;

        public StepGraph(Step[] steps)
        {
            for (var i = 0; i < steps.Length; i++)
                index.Add(steps[i].Node, i);
            dependencies = [.. steps.Select(step => step.DependsOn.Where(index.ContainsKey).Select(name => index[name]).ToArray())];
        }

        public int? IndexOf(string node) => index.TryGetValue(node, out var at) ? at : null;

        public ReadOnlySpan<int> DependenciesOf(int at) => dependencies[at];
    }
}
