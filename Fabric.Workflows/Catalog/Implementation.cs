using System.Text.Json.Nodes;

namespace Fabric.Workflows.Catalog;

/// <summary>How an entity type is made in one kind of place.</summary>
public sealed record Implementation
{
    /// <summary>The place: <c>sandbox</c>, <c>cluster</c> or the name of a cloud.</summary>
    public required string On { get; init; }

    /// <summary>Folder of the Terraform module, inside the type's folder; null when there is none.</summary>
    public string? Terraform { get; init; }

    /// <summary>Kubernetes manifests, in ordinal order of their paths.</summary>
    public IReadOnlyList<ManifestFile> Manifests { get; init; } = [];

    /// <summary>Waits for an agent to enrol.</summary>
    public bool Enrol { get; init; }

    /// <summary>Templates of the outputs.</summary>
    public JsonObject Outputs { get; init; } = [];

    /// <summary>What a simulation pretends; null when this is not one.</summary>
    public SimulatedSpec? Simulated { get; init; }
}

/// <summary>A manifest of an entity type, as written.</summary>
/// <param name="Path">Path inside the type's folder, with forward slashes.</param>
/// <param name="Text">The YAML.</param>
public sealed record ManifestFile(string Path, string Text);

/// <summary>How long a simulated change takes, and what it pretends to have made.</summary>
public sealed record SimulatedSpec
{
    /// <summary>Length of a create.</summary>
    public TimeSpan Create { get; init; }

    /// <summary>Length of an update.</summary>
    public TimeSpan Update { get; init; }

    /// <summary>Length of a delete.</summary>
    public TimeSpan Delete { get; init; }

    /// <summary>Templates of the outputs.</summary>
    public JsonObject Outputs { get; init; } = [];
}

/// <summary>A named piece of work on an entity, such as a restart.</summary>
public sealed record Operation
{
    /// <summary>Name, a slug.</summary>
    public required string Name { get; init; }

    /// <summary>Name for people.</summary>
    public string? Title { get; init; }

    /// <summary>Steps, one after the other.</summary>
    public IReadOnlyList<OperationStep> Steps { get; init; } = [];
}

/// <summary>One step of an operation: exactly one of its kinds.</summary>
public sealed record OperationStep
{
    /// <summary>Target and patch of a Kubernetes object.</summary>
    public JsonObject? Patch { get; init; }

    /// <summary>A Kubernetes job.</summary>
    public JsonObject? Job { get; init; }

    /// <summary>What to wait for, such as <c>healthy</c>.</summary>
    public string? Wait { get; init; }

    /// <summary>After how long the step fails.</summary>
    public TimeSpan? Timeout { get; init; }
}
