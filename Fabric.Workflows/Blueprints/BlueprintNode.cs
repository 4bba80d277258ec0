using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>What a node is.</summary>
public enum NodeKind
{
    /// <summary>Something that stands: created, changed, deleted.</summary>
    Entity,

    /// <summary>A person's yes.</summary>
    Approval,

    /// <summary>A length of time.</summary>
    Wait,

    /// <summary>A recurring span of time in which work may start.</summary>
    Window,

    /// <summary>An operation.</summary>
    Action,
}

/// <summary>An entity type at one exact version and content.</summary>
/// <param name="Name">Name of the type.</param>
/// <param name="Version">Exact version.</param>
/// <param name="Hash">Hash over the content of its folder.</param>
public sealed record EntityTypeRef(string Name, string Version, string Hash)
{
    /// <summary>Name and version, as in <c>pinot@1.3.0</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";
}

/// <summary>Settings of a gate.</summary>
public sealed record GateSpec
{
    /// <summary>Who must approve.</summary>
    public string? By { get; init; }

    /// <summary>How long a wait takes.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>When a window opens, in UTC.</summary>
    public string? Cron { get; init; }

    /// <summary>How long a window stays open.</summary>
    public TimeSpan? WindowDuration { get; init; }

    /// <summary>After how long an open gate fails the step.</summary>
    public TimeSpan? Deadline { get; init; }
}

/// <summary>A place in the DAG: an entity, or a gate.</summary>
public sealed record BlueprintNode
{
    /// <summary>Unique name in the blueprint, a slug.</summary>
    public required string Name { get; init; }

    /// <summary>Name for people; null when the slug must do.</summary>
    public string? Title { get; init; }

    /// <summary>Entity or which gate.</summary>
    public NodeKind Kind { get; init; }

    /// <summary>Exact entity type; null for gates.</summary>
    public EntityTypeRef? Type { get; init; }

    /// <summary>Configuration with its bindings unresolved.</summary>
    public JsonObject Config { get; init; } = [];

    /// <summary>Bare edges, as written.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Every node this one follows, by edge or by binding; distinct and in ordinal order.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Not executed: its outputs are adopted values.</summary>
    public bool NoOp { get; init; }

    /// <summary>Name of the node in the version before, when it was renamed.</summary>
    public string? Was { get; init; }

    /// <summary>Settings of a gate; null for entities.</summary>
    public GateSpec? Gate { get; init; }

    /// <summary>Deleting it takes an approval of its own.</summary>
    public bool Protect { get; init; }
}
