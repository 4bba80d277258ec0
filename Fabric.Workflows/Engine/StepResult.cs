using System.Text.Json.Nodes;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>What an executor found or did. Built by the factories; nothing else ends a piece of work.</summary>
public sealed record StepResult
{
    private StepResult(StepResultKind kind) => Kind = kind;

    /// <summary>Which of the closed set it is.</summary>
    public StepResultKind Kind { get; }

    /// <summary>Constant reason, or empty.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>One sentence for people.</summary>
    public string Message { get; private init; } = "";

    /// <summary>Outputs of a completed apply; null when it has none.</summary>
    public JsonObject? Outputs { get; private init; }

    /// <summary>Health of the parts, when the executor knows it.</summary>
    public JsonObject? Health { get; private init; }

    /// <summary>The plan, for <see cref="StepResultKind.Planned"/>.</summary>
    public StepPlan? Plan { get; private init; }

    /// <summary>For a deletion that failed: what still stands, as far as the executor knows; null when it does not.</summary>
    public IReadOnlyList<ResourceChange>? Left { get; init; }

    /// <summary>For <see cref="StepResultKind.InProgress"/>: when to look again.</summary>
    public TimeSpan LookAgainAfter { get; private init; }

    /// <summary>Work done.</summary>
    public int Done { get; private init; }

    /// <summary>Work in all; 0 when it cannot be counted.</summary>
    public int Total { get; private init; }

    /// <summary>True once the change itself is made and only health is awaited: a safe point to cancel at.</summary>
    public bool Verifying { get; private init; }

    /// <summary>For a completed check: whether what stands differs from what was deployed.</summary>
    public bool Drifted { get; private init; }

    /// <summary>Done and good.</summary>
    public static StepResult Completed(JsonObject? outputs = null, string message = "", JsonObject? health = null, bool drifted = false) =>
        new(StepResultKind.Completed) { Outputs = outputs, Message = message, Health = health, Drifted = drifted };

    /// <summary>Going on outside.</summary>
    public static StepResult InProgress(TimeSpan lookAgainAfter, string message = "", int done = 0, int total = 0, bool verifying = false, string reason = "", JsonObject? health = null) =>
        new(StepResultKind.InProgress) { LookAgainAfter = lookAgainAfter, Message = message, Done = done, Total = total, Verifying = verifying, Reason = reason, Health = health };

    /// <summary>Failed in a way that may pass.</summary>
    public static StepResult Transient(string reason, string message) => new(StepResultKind.Transient) { Reason = reason, Message = message };

    /// <summary>Failed in a way that will not pass by itself.</summary>
    public static StepResult Terminal(string reason, string message, JsonObject? health = null) =>
        new(StepResultKind.Terminal) { Reason = reason, Message = message, Health = health };

    /// <summary>Nobody saw how it ended.</summary>
    public static StepResult Unknown(string reason, string message) => new(StepResultKind.Unknown) { Reason = reason, Message = message };

    /// <summary>A look found that the work was not done: it may be tried.</summary>
    public static StepResult NotApplied(string message = "") => new(StepResultKind.NotApplied) { Reason = Reasons.NotApplied, Message = message };

    /// <summary>A plan was made.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="outputs">For a plan that does nothing: the outputs that stand; null to keep those that are known.</param>
    public static StepResult Planned(StepPlan plan, JsonObject? outputs = null) => new(StepResultKind.Planned) { Plan = plan, Outputs = outputs };
}

/// <summary>The closed set of results.</summary>
public enum StepResultKind
{
    Completed,
    InProgress,
    Transient,
    Terminal,
    Unknown,
    NotApplied,
    Planned,
}
