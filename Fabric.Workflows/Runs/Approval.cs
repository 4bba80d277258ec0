using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Runs;

/// <summary>A named person's yes or no to one plan hash (or, for a gate, to one step).</summary>
public sealed record Approval : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The step, for a gate or a step that asks; null for the whole plan.</summary>
    public string? Node { get; init; }

    /// <summary>Hash of what was approved.</summary>
    public required string PlanHash { get; init; }

    /// <summary><c>vendor</c> or <c>customer</c>.</summary>
    public required string Party { get; init; }

    /// <summary>Yes or no.</summary>
    public required bool Approved { get; init; }

    /// <summary>Identifier of the person.</summary>
    public required string ActorId { get; init; }

    /// <summary>Name of the person.</summary>
    public required string ActorName { get; init; }

    /// <summary>Their words; may be empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
