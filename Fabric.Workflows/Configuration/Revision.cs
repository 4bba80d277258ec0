using System.Text.Json.Nodes;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Configuration;

/// <summary>An immutable snapshot of an environment's own configuration layer: who, when, why, and the diff to the one before.</summary>
public sealed record Revision : ITenantOwned
{
    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>From 1, ascending.</summary>
    public required int Number { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Values of the environment layer alone; what other layers give is not repeated here.</summary>
    public required JsonObject Values { get; init; }

    /// <summary>Version of every layer that was merged: <c>{"product": 3, "environment": 5}</c>.</summary>
    public required JsonObject LayerVersions { get; init; }

    /// <summary>Changed paths: <c>[{path, before, after}]</c>.</summary>
    public required IReadOnlyList<ValueChange> Changes { get; init; }

    /// <summary>Why, in the words of the person who changed it; may be empty.</summary>
    public required string Message { get; init; }

    /// <summary>Identifier of the actor.</summary>
    public required string ActorId { get; init; }

    /// <summary>Name of the actor.</summary>
    public required string ActorName { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One value that changed between two documents.</summary>
/// <param name="Path">Dotted path from the root of the document.</param>
/// <param name="Before">Value before, as JSON; null when it was absent.</param>
/// <param name="After">Value after, as JSON; null when it is gone.</param>
public sealed record ValueChange(string Path, JsonNode? Before, JsonNode? After);
