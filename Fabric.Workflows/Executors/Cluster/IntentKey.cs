using System.Globalization;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Cluster;

/// <summary>
/// What a stored intent was written for: a run, and the attempt of its node's step. A new attempt after a failure is a new intent, for the agent
/// answers each generation for itself.
/// </summary>
public readonly record struct IntentKey(Guid Run, int Attempt)
{
    /// <summary>The key of a step's intent.</summary>
    public static string Of(StepContext step) => string.Create(CultureInfo.InvariantCulture, $"{step.OperationKey}/{step.Step.Attempt}");

    /// <summary>Reads a key; null when it is none.</summary>
    public static IntentKey? Read(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 3 && Guid.TryParseExact(parts[0], "N", out var run) && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? new IntentKey(run, attempt)
            : null;
    }

    /// <summary>Whether the step was given up while its intent was with the agent: that is what a cancel tells the agent.</summary>
    public bool IsGivenUp(Step step) => step.RunId == Run && step.Attempt == Attempt && GivesUp(step);

    /// <summary>Whether a step has ended in a way that calls its intent back.</summary>
    public static bool GivesUp(Step step) => step is { State: StepState.Cancelled } or { State: StepState.Failed, Reason: Engine.Reasons.TimedOut };
}
