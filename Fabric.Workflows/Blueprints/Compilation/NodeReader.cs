using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Yaml;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints;

/// <summary>Reads one node; what it refers to is checked once all nodes are known.</summary>
internal sealed class NodeReader(EntityCatalog catalog, BlueprintSource source, FaultList faults)
{
    private static readonly string[] EntityKeys = ["entity", "config", "after", "noop", "was", "protect", "title"];

    public NodeDraft? Read(YamlEntry entry)
    {
        if (!Slug.IsValid(entry.Name))
            faults.Add(FaultCodes.BadSlug, entry.Key, $"'{entry.Name}' is no name for a node: it must be {Slug.Rule}.", entry.Name);
        else if (Slug.IsReserved(entry.Name))
            faults.Add(FaultCodes.BadSlug, entry.Key, $"'{entry.Name}' is what a binding starts with, so no node can have that name; choose another.", entry.Name);
        if (entry.Value is not YamlMap map)
        {
            faults.Add(FaultCodes.WrongKind, entry.Value, $"A node is a map like {{ entity: network@1 }} or {{ gate: approval, by: customer }}, not {entry.Value.Described}.", entry.Name);
            return null;
        }

        if (map["gate"] is not null) return new GateReader(source, faults).Read(entry, map);
        var fields = new YamlFields(map, $"Node '{entry.Name}'", faults, EntityKeys, entry.Name);
        if (map["entity"] is null)
        {
            faults.Add(FaultCodes.MissingKey, entry.Key, $"Node '{entry.Name}' needs 'entity' (like network@1) or 'gate' (approval, wait, window or action).", entry.Name);
            return null;
        }

        var type = fields.Scalar("entity") is { } reference ? Type(reference, entry.Name) : null;
        var config = fields.Child("config");
        return new NodeDraft(entry, config, type)
        {
            Node = new BlueprintNode
            {
                Name = entry.Name,
                Kind = NodeKind.Entity,
                Type = type?.Ref,
                Config = config.ToJson(),
                NoOp = fields.Flag("noop"),
                Was = fields.Text("was"),
                Protect = fields.Flag("protect") || (type?.Protect ?? false),
                Title = fields.Text("title"),
            },
            After = AfterOf(fields, source),
        };
    }

    /// <summary>What a node stands after; a removed node hands on what it stood after itself.</summary>
    public static IReadOnlyList<(string Name, YamlScalar At)> AfterOf(YamlFields fields, BlueprintSource source)
    {
        var result = new List<(string, YamlScalar)>();
        foreach (var name in fields.Names("after"))
        {
            var open = new Stack<string>([name.Value]);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (open.TryPop(out var next))
            {
                if (!seen.Add(next)) continue;
                // A node of the same name that was added again is meant, not the removed one.
                if (source.Nodes.Entry(next) is null && source.Removed.TryGetValue(next, out var before))
                    foreach (var earlier in before) open.Push(earlier);
                else result.Add((next, name));
            }
        }

        return result;
    }

    private EntityType? Type(YamlScalar reference, string node)
    {
        var parts = reference.Value.Split('@', 2);
        var (name, range) = (parts[0], parts.Length == 2 ? parts[1] : "");
        if (parts.Length == 1 || range.Length > 0)
        {
            if (catalog.Find(name, range) is { } type) return type;
        }

        var versions = catalog.Versions(name);
        if (versions.Count == 0)
            faults.Add(FaultCodes.UnknownEntityType, reference, $"There is no entity type '{name}'. {Suggestion.For(name, catalog.Names)}", node, "entity");
        else if (!EntityVersion.IsRange(range) || (parts.Length == 2 && range.Length == 0))
            faults.Add(FaultCodes.BadVersion, reference, $"'{range}' is no version range; write {name}@1, {name}@1.2, {name}@1.2.3 or {name}@^1.2.", node, "entity");
        else
            faults.Add(FaultCodes.UnknownEntityVersion, reference, $"No version of '{name}' is in '{range}'; there is {string.Join(", ", versions.Select(v => v.Version))}.", node, "entity");
        return null;
    }
}

/// <summary>A node on its way.</summary>
internal sealed record NodeDraft(YamlEntry Entry, YamlMap Config, EntityType? Type)
{
    public required BlueprintNode Node { get; init; }

    public IReadOnlyList<(string Name, YamlScalar At)> After { get; init; } = [];

    public string Name => Node.Name;
}
