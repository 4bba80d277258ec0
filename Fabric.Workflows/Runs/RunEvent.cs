using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Runs;

/// <summary>One line of a run's journal. <see cref="Sequence"/> is given at commit, by one writer, and is the cursor of readers.</summary>
public sealed record RunEvent : ITenantOwned
{
    /// <summary>Ascending within the cell; gaps are possible.</summary>
    public long Sequence { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>The run; null for what happens between runs (drift, health).</summary>
    public Guid? RunId { get; init; }

    /// <summary>The node; null for the run's own.</summary>
    public string? Node { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Constant: <c>StepSucceeded</c>, <c>RunFailed</c> …</summary>
    public required string Kind { get; init; }

    /// <summary>Attempt it belongs to; 0 where none does.</summary>
    public int Attempt { get; init; }

    /// <summary>Constant reason, or empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>One sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>Name of the actor: a person, an agent, or Fabric.</summary>
    public required string Actor { get; init; }
}
