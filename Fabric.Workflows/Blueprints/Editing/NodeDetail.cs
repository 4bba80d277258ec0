using System.Text.Json.Nodes;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>All that an inspector shows of one node of a draft.</summary>
public sealed record NodeDetail
{
    public required string Name { get; init; }

    /// <summary>Title, as written; null when it has none.</summary>
    public string? Title { get; init; }

    /// <summary>Null for an entity, else <c>approval</c>, <c>wait</c>, <c>window</c> or <c>action</c>.</summary>
    public string? Gate { get; init; }

    /// <summary>The type as written: <c>pinot@1</c>; null for gates.</summary>
    public string? Entity { get; init; }

    /// <summary>The type that is resolved now; null for gates and for what the catalog does not have.</summary>
    public EntityType? Type { get; init; }

    /// <summary>Every field as written here and in the bases; a copy.</summary>
    public required JsonObject Fields { get; init; }

    /// <summary>The configuration as written here and in the bases; a copy.</summary>
    public required JsonObject Config { get; init; }

    /// <summary>What of the configuration is written in this very file; a copy.</summary>
    public required JsonObject OwnConfig { get; init; }

    /// <summary>Bare dependencies.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Nodes that wait for this one.</summary>
    public IReadOnlyList<string> Followers { get; init; } = [];

    public bool NoOp { get; init; }

    /// <summary>Deleting or replacing it always asks: because it says so, or because its type does.</summary>
    public bool Protect { get; init; }

    /// <summary>The type itself asks for protection, so it cannot be taken away here.</summary>
    public bool AlwaysProtected => Type?.Protect ?? false;

    /// <summary>Written in a base alone; an edit writes an override into this file.</summary>
    public bool Inherited { get; init; }

    /// <summary>The node; null when the draft has none of that name.</summary>
    public static NodeDetail? Of(Draft draft, string name)
    {
        if (!draft.Source.ByName.TryGetValue(name, out var node))
            return null;
        var own = draft.Text.At("spec", "nodes", name, "config") as JsonObject ?? [];
        return new NodeDetail
        {
            Name = name,
            Title = node.Json["title"]?.ToString(),
            Gate = node.Json["gate"]?.ToString(),
            Entity = node.Json["entity"]?.ToString(),
            Type = node.Type,
            Fields = (JsonObject)node.Json.DeepClone(),
            Config = (JsonObject)node.Config.DeepClone(),
            OwnConfig = (JsonObject)own.DeepClone(),
            After = node.After,
            Followers = [.. draft.Source.Nodes.Where(other => DraftGraph.Before(draft, other.Name).Contains(name)).Select(other => other.Name)],
            NoOp = draft.Source.NoOp.Contains(name) || node.Json["noop"]?.ToString() == "true",
            Protect = (node.Type?.Protect ?? false) || node.Json["protect"]?.ToString() == "true",
            Inherited = !node.Own,
        };
    }
}
