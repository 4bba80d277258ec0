using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>What stands at a place in the graph.</summary>
public enum NodeKind
{
    /// <summary>An entity: something Fabric makes and keeps.</summary>
    Entity,
    /// <summary>A gate a person opens.</summary>
    Approval,
    /// <summary>A gate that opens after a while.</summary>
    Wait,
    /// <summary>A gate that is open during a recurring window.</summary>
    Window,
    /// <summary>An operation run on an entity at this point of the graph.</summary>
    Action,
}

/// <summary>An entity type at an exact version, with the hash of its content.</summary>
public sealed record EntityTypeRef(string Name, string Version, string Hash)
{
    /// <summary>As a person writes it: <c>pinot@1.3.0</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";
}

/// <summary>How a gate opens; which members are set follows from the node's kind.</summary>
public sealed record GateSpec
{
    /// <summary>Approval: <c>vendor</c>, <c>customer</c> or <c>both</c>.</summary>
    public string? By { get; init; }

    /// <summary>Wait: how long.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Window: when it opens, as a cron expression of five fields, in UTC.</summary>
    public string? Cron { get; init; }

    /// <summary>Window: how long it stays open.</summary>
    public TimeSpan? WindowDuration { get; init; }

    /// <summary>Approval: how long the gate may stand closed before its step fails.</summary>
    public TimeSpan? Deadline { get; init; }
}

/// <summary>A place in the graph, with everything resolved that does not depend on an environment.</summary>
public sealed record BlueprintNode
{
    public required string Name { get; init; }

    public NodeKind Kind { get; init; }

    /// <summary>Set for entities.</summary>
    public EntityTypeRef? Type { get; init; }

    /// <summary>As written; strings may hold <c>${...}</c>. An action's holds <c>node</c> and <c>operation</c>.</summary>
    public JsonObject Config { get; init; } = [];

    /// <summary>The bare edges, as written.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>All edges: <see cref="After"/> and the nodes bound to, each once, sorted.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Not executed; its outputs are adopted.</summary>
    public bool NoOp { get; init; }

    /// <summary>The name this node had in an earlier version: a rename, not a replacement.</summary>
    public string? Was { get; init; }

    /// <summary>Set for gates other than actions.</summary>
    public GateSpec? Gate { get; init; }

    /// <summary>Deleting or replacing it always asks.</summary>
    public bool Protect { get; init; }

    public string? Title { get; init; }
}
