using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>A few lines that a tool printed while it worked on a step, with every known secret taken out.</summary>
public sealed record StepLog : ITenantOwned
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Node name.</summary>
    public required string Node { get; init; }

    /// <summary>UUIDv7 of the chunk: ascending in time within the step.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>The step's attempt; 0 for the plan of a whole run.</summary>
    public required int Attempt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Lines, each ended by a line feed.</summary>
    public required string Text { get; init; }
}
