using System.Text.Json.Nodes;

namespace Fabric.Workflows.Catalog;

/// <summary>One way to make an entity, for one place it can run in. Exactly one of the members below <see cref="On"/> says how.</summary>
public sealed record Implementation
{
    /// <summary><c>sandbox</c>, <c>aws</c>, <c>azure</c>, <c>google</c>, <c>kubernetes</c> or <c>cluster</c>.</summary>
    public required string On { get; init; }

    /// <summary>Folder of the Terraform module, below the type's own folder.</summary>
    public string? Terraform { get; init; }

    /// <summary>The module itself; null for any other way.</summary>
    public Modules.TerraformModule? Module { get; init; }

    /// <summary>Templates of Kubernetes objects.</summary>
    public IReadOnlyList<ManifestFile>? Manifests { get; init; }

    /// <summary>The agent's: nothing is applied, the step ends with the agent's first sync.</summary>
    public bool Enrol { get; init; }

    public SimulatedSpec? Simulated { get; init; }

    /// <summary>A cluster implementation's outputs: templates on its configuration.</summary>
    public JsonObject? Outputs { get; init; }
}

/// <param name="Path">Below the type's folder, with forward slashes.</param>
/// <param name="Text">YAML, one or more documents, with bindings.</param>
public sealed record ManifestFile(string Path, string Text);

/// <summary>What the sandbox cloud pretends.</summary>
public sealed record SimulatedSpec
{
    public required TimeSpan Create { get; init; }

    public required TimeSpan Update { get; init; }

    public required TimeSpan Delete { get; init; }

    /// <summary>Templates on <c>config</c>, <c>env</c> and <c>entity</c>.</summary>
    public JsonObject Outputs { get; init; } = [];
}
