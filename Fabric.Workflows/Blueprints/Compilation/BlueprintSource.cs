using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>A blueprint as written, derivation applied, nothing checked yet.</summary>
internal sealed record BlueprintSource
{
    public required string? Name { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    public required YamlMap Parameters { get; init; }

    public required YamlMap Nodes { get; init; }

    public required YamlMap Outputs { get; init; }

    public required YamlMap Layout { get; init; }

    public required YamlMap Policies { get; init; }

    public IReadOnlyList<YamlScalar> NoOp { get; init; } = [];

    /// <summary>Removed nodes and what they stood after.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Removed { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public static BlueprintSource Of(string? name, YamlFields metadata, YamlFields spec) => new()
    {
        Name = name,
        Title = metadata.Text("title"),
        Description = metadata.Text("description"),
        Parameters = spec.Child("parameters"),
        Nodes = spec.Child("nodes"),
        Outputs = spec.Child("outputs"),
        Layout = spec.Child("layout"),
        Policies = spec.Child("policies"),
        NoOp = spec.Names("noop"),
    };
}
