using System.Text.Json.Nodes;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Environments;

/// <summary>How one entity is.</summary>
public enum EntityState
{
    Absent,
    Provisioning,
    Ready,
    Updating,
    Degraded,
    Failed,
    Destroying,
    Destroyed,
    HandedOver,
    Abandoned,
}

/// <summary>Predicates of the states.</summary>
public static class EntityStates
{
    /// <summary>Nothing stands out there that Fabric made, or looks after.</summary>
    public static readonly EntityState[] Gone = [EntityState.Absent, EntityState.Destroyed, EntityState.HandedOver, EntityState.Abandoned];
}

/// <summary>The instance of an entity node in an environment: what is deployed, its outputs and its health.</summary>
public sealed record Entity : ITenantOwned
{
    /// <summary>UUIDv7; stays the same through updates and renames.</summary>
    public required Guid Id { get; init; }

    /// <summary>The environment.</summary>
    public required Guid EnvironmentId { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Node name in the blueprint.</summary>
    public required string Node { get; init; }

    /// <summary>Deployed (or wanted, before the first apply) type: <c>name@version</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Content hash of that type.</summary>
    public required string TypeHash { get; init; }

    /// <summary>Which executor owns it: <c>sandbox</c>, <c>cluster</c>, <c>enrolment</c>, <c>terraform</c>.</summary>
    public required string Executor { get; init; }

    /// <summary>How it is.</summary>
    public EntityState State { get; init; } = EntityState.Absent;

    /// <summary>True when what stands differs from what was deployed.</summary>
    public bool Drifted { get; init; }

    /// <summary>True when the node is a no-op: adopted or held.</summary>
    public bool NoOp { get; init; }

    /// <summary>Deleting or replacing it always asks.</summary>
    public bool Protect { get; init; }

    /// <summary>Configuration that was applied last, bindings resolved; null before the first.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>Outputs of the last apply, or adopted values; null before.</summary>
    public JsonObject? Outputs { get; init; }

    /// <summary>Nodes it depended on when it was deployed; destroy goes the other way.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Constant reason of the state, or empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The same for people.</summary>
    public string Message { get; init; } = "";

    /// <summary>Health of the parts, as reported; null when nobody looked.</summary>
    public JsonObject? Health { get; init; }

    /// <summary>Generation number of the environment that was deployed last; 0 before the first.</summary>
    public int DeployedGeneration { get; init; }

    /// <summary>UTC of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>True while something stands out there that Fabric made.</summary>
    public bool Stands => !EntityStates.Gone.Contains(State);
}
