using System.Text.Json.Nodes;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Environments;

/// <summary>The desired side of an environment: version + configuration + no-op flags. Immutable once written.</summary>
public sealed record Generation : ITenantOwned
{
    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <summary>From 1, ascending.</summary>
    public required int Number { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Blueprint name.</summary>
    public required string Blueprint { get; init; }

    /// <summary>Published version of the blueprint.</summary>
    public required int BlueprintVersion { get; init; }

    /// <summary>Revision of the configuration.</summary>
    public required int Revision { get; init; }

    /// <summary>Parameters in force, all layers merged and defaults filled in.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>Nodes flagged no-op on this environment, on top of the blueprint's.</summary>
    public required IReadOnlyList<string> NoOp { get; init; }

    /// <summary>Adopted outputs by node name.</summary>
    public required JsonObject Adopted { get; init; }

    /// <summary>Owner, reason and expiry of the flags, by node; null when none was given. Read with <see cref="NoOpNote.Of"/>.</summary>
    public JsonObject? NoOpNotes { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Identifier of the actor who asked for it.</summary>
    public required string ActorId { get; init; }
}
