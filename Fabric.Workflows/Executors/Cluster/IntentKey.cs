using System.Globalization;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Cluster;

/// <summary>
/// What a stored intent was written for: a run, and the attempt of its node's step. A new attempt after a failure is a new intent, for the agent
/// answers each generation for itself.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Node">The node of the step, which is another than the intent's where a gate acts on an entity.</param>
/// <param name="Attempt">Its attempt.</param>
public readonly record struct IntentKey(Guid Run, string Node, int Attempt)
{
    /// <summary>The key of a step's intent.</summary>
    public static string Of(StepContext step) => string.Create(CultureInfo.InvariantCulture, $"{step.OperationKey}/{step.Step.Attempt}");

    /// <summary>Reads a key; null when it is none.</summary>
    public static IntentKey? Read(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 3 && Guid.TryParseExact(parts[0], "N", out var run) && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? new IntentKey(run, parts[1], attempt)
            : null;
    }

    /// <summary>Whether the step was given up while its intent was with the agent: that is what a cancel tells the agent.</summary>
    public bool IsGivenUp(Step step) => step.RunId == Run && step.Node == Node && step.Attempt == Attempt && GivesUp(step);

    /// <summary>Whether a step has ended in a way that calls its intent back.</summary>
    public static bool GivesUp(Step step) => step is { State: StepState.Cancelled } or { State: StepState.Failed, Reason: Engine.Reasons.TimedOut };
}
