using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine.Simulation;

/// <summary>A moment at which a step changed.</summary>
/// <param name="At">Time since the start.</param>
/// <param name="Node">The step.</param>
/// <param name="State">Its state from then on.</param>
/// <param name="Attempt">Its attempt.</param>
/// <param name="Percent">Done, 0 to 100; 0 when nobody counts.</param>
/// <param name="Message">What the engine says of it.</param>
public sealed record SimulationFrame(TimeSpan At, string Node, StepState State, int Attempt, int Percent, string Message);

/// <summary>A run that was played through.</summary>
/// <param name="Outcome">How the run ended.</param>
/// <param name="Message">What the engine says of it.</param>
/// <param name="Total">How long it took.</param>
/// <param name="Retries">Attempts beyond the first, over all steps.</param>
/// <param name="CriticalPath">The steps that made it take that long, in order, with the time each added.</param>
/// <param name="Frames">Every change, in order.</param>
/// <param name="GivenUp">It was ended because it would not end by itself in a year.</param>
public sealed record SimulationResult(
    RunState Outcome, string Message, TimeSpan Total, int Retries, IReadOnlyList<PathStep> CriticalPath, IReadOnlyList<SimulationFrame> Frames, bool GivenUp = false)
{
    /// <summary>Each step as it stands at a moment.</summary>
    public IReadOnlyDictionary<string, SimulationFrame> At(TimeSpan moment)
    {
        var latest = new Dictionary<string, SimulationFrame>(StringComparer.Ordinal);
        foreach (var frame in Frames.TakeWhile(frame => frame.At <= moment))
            latest[frame.Node] = frame;
        return latest;
    }
}

/// <summary>A step of the critical path.</summary>
/// <param name="Node">The step.</param>
/// <param name="From">When what it waited for was done, since the start.</param>
/// <param name="Took">The time it added.</param>
public sealed record PathStep(string Node, TimeSpan From, TimeSpan Took);
