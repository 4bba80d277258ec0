namespace Fabric.Workflows.Engine;

/// <summary>How often a step is tried, and how long between. Exponential with jitter that comes from the ids, so a decision stays a function.</summary>
/// <param name="First">Wait after the first failure.</param>
/// <param name="Longest">Upper bound of a wait.</param>
/// <param name="Attempts">Tries in all, those that failed while planning among them.</param>
/// <param name="StepTimeout">How long one attempt may take.</param>
/// <param name="ApprovalTimeout">How long a person may take to say yes.</param>
public sealed record RetryRules(TimeSpan First, TimeSpan Longest, int Attempts, TimeSpan StepTimeout, TimeSpan ApprovalTimeout)
{
    /// <summary>Who must say yes, and to what.</summary>
    public ApprovalPolicy Approvals { get; init; } = ApprovalPolicy.Default;

    /// <summary>2 s doubling to 2 min, 5 tries, 1 h an attempt, 7 days for a person.</summary>
    public static RetryRules Default { get; } =
        new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2), 5, TimeSpan.FromHours(1), TimeSpan.FromDays(7));

    /// <summary>How long one attempt of a step may take: as long as a person, where it waits for one to connect an agent.</summary>
    public TimeSpan TimeoutOf(Runs.Step step) => step.Executor == Executors.ExecutorNames.Enrolment ? ApprovalTimeout : StepTimeout;

    /// <summary>Whether work under way stops at a safe point when it is asked; what cannot is let end.</summary>
    public static bool StopsSafely(Runs.Step step) => step.Executor == Executors.ExecutorNames.Terraform;

    /// <summary>How long a step waits for a person's yes: its gate's own deadline, or that of any approval.</summary>
    public TimeSpan PatienceOf(Runs.Step step) => step.ApprovalWithin is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : ApprovalTimeout;

    /// <summary>The wait after a failed attempt, with ±25 % jitter.</summary>
    public TimeSpan After(Guid runId, string node, int attempt)
    {
        var exponential = First.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 20));
        var bounded = Math.Min(exponential, Longest.TotalMilliseconds);
        var seed = unchecked((uint)StableHash(runId, node, attempt));
        return TimeSpan.FromMilliseconds(bounded * (0.75 + 0.5 * (seed / (double)uint.MaxValue)));
    }

    private static int StableHash(Guid runId, string node, int attempt)
    {
        var hash = unchecked((int)2166136261);
        foreach (var b in runId.ToByteArray())
            hash = unchecked((hash ^ b) * 16777619);
        foreach (var c in node)
            hash = unchecked((hash ^ c) * 16777619);
        return unchecked((hash ^ attempt) * 16777619);
    }
}
