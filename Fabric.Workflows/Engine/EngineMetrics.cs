using System.Diagnostics.Metrics;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>What the engine counts.</summary>
public static class EngineMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Fabric.Engine";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Steps = Meter.CreateCounter<long>("fabric.steps.ended", "{step}", "Steps that ended, by state.");
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("fabric.runs.ended", "{run}", "Runs that ended, by kind and state.");
    private static readonly Histogram<double> Commits = Meter.CreateHistogram<double>("fabric.turn.commit", "ms", "Time until a turn of an environment's owner is durable.");

    /// <summary>A step changed.</summary>
    internal static void Count(Step step)
    {
        if (step.State.IsTerminal())
            Steps.Add(1, new KeyValuePair<string, object?>("state", step.State));
    }

    /// <summary>A run changed.</summary>
    internal static void Count(Run run)
    {
        if (run.State.IsTerminal())
            Runs.Add(1, new("kind", run.Kind), new("state", run.State));
    }

    /// <summary>A turn is durable.</summary>
    internal static void Committed(TimeSpan took) => Commits.Record(took.TotalMilliseconds);
}
