using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>
/// A blueprint's text with what it extends merged in. It works on the YAML tree, so that everything checked afterwards still
/// points into the file it was written in.
/// </summary>
internal sealed class Derivation(Func<string, string?> baseText, FaultList faults)
{
    /// <summary>Deeper chains nobody understands; also what stops a blueprint that extends itself through others.</summary>
    private const int MaxChain = 8;

    private static readonly string[] SpecKeys = ["extends", "parameters", "nodes", "outputs", "policies", "layout", "noop", "remove"];

    /// <summary>The merged spec; null when the file is no map at all.</summary>
    public BlueprintSource? Read(string yaml, string file) => Read(yaml, file, []);

    private BlueprintSource? Read(string yaml, string file, IReadOnlyList<string> chain)
    {
        if (YamlReader.Read(yaml, file, faults) is not { } root) return null;
        if (root is not YamlMap map)
        {
            faults.Add(FaultCodes.WrongKind, root, $"A blueprint is a map with apiVersion, kind, metadata and spec, not {root.Described}.");
            return null;
        }

        FileHead.Check(map, "Blueprint", faults);
        var metadata = new YamlFields(YamlFields.AsMap(map["metadata"], "'metadata'", faults, map), "metadata", faults, ["name", "title", "description"]);
        var spec = new YamlFields(YamlFields.AsMap(map["spec"], "'spec'", faults, map), "spec", faults, SpecKeys);
        var own = BlueprintSource.Of(FileHead.Name(metadata, faults), metadata, spec);
        if (spec.Scalar("extends") is not { } extends)
        {
            foreach (var name in spec.Names("remove")) faults.Add(FaultCodes.UnknownNode, name, "'remove' drops inherited nodes, and this blueprint extends none; delete the node itself.", field: "remove");
            return own;
        }

        // Without its base, everything this file refers to would look wrong.
        return Base(extends, [.. chain, own.Name ?? file]) is { } parent ? Merge(parent, own, spec) : null;
    }

    private BlueprintSource? Base(YamlScalar extends, IReadOnlyList<string> chain)
    {
        if (chain.Contains(extends.Value) || chain.Count > MaxChain)
        {
            faults.Add(FaultCodes.Cycle, extends, $"The blueprints extend each other in a circle: {string.Join(" -> ", chain.Append(extends.Value))}. One of them must stand on its own.", field: "extends");
            return null;
        }

        if (baseText(extends.Value) is { } text) return Read(text, $"{extends.Value}.yaml", chain);
        faults.Add(FaultCodes.UnknownBlueprint, extends, $"There is no blueprint '{extends.Value}' to extend; write the name of one that exists.", field: "extends");
        return null;
    }

    private BlueprintSource Merge(BlueprintSource parent, BlueprintSource own, YamlFields spec)
    {
        var removed = new HashSet<string>(parent.Removed.Keys, StringComparer.Ordinal);
        foreach (var name in spec.Names("remove"))
        {
            if (parent.Nodes.Entry(name.Value) is null)
                faults.Add(FaultCodes.UnknownNode, name, $"'remove' names '{name.Value}', which is not inherited. {Suggestion.For(name.Value, parent.Nodes.Entries.Select(e => e.Name))}", field: "remove");
            else removed.Add(name.Value);
        }

        var gone = parent.Nodes.Entries.Where(e => removed.Contains(e.Name));
        return own with
        {
            Title = own.Title ?? parent.Title,
            Description = own.Description ?? parent.Description,
            Parameters = YamlMerge.Maps(parent.Parameters, own.Parameters),
            Nodes = YamlMerge.Maps(parent.Nodes.With([.. parent.Nodes.Entries.Where(e => !removed.Contains(e.Name))]), own.Nodes),
            Outputs = YamlMerge.Maps(parent.Outputs, own.Outputs),
            Policies = YamlMerge.Maps(parent.Policies, own.Policies),
            Layout = YamlMerge.Maps(parent.Layout.With([.. parent.Layout.Entries.Where(e => !removed.Contains(e.Name))]), own.Layout),
            NoOp = [.. parent.NoOp.Where(n => !removed.Contains(n.Value)), .. own.NoOp],
            Removed = parent.Removed.Concat(gone.Select(e => KeyValuePair.Create(e.Name, After(e.Value))))
                .DistinctBy(p => p.Key).ToDictionary(StringComparer.Ordinal),
        };
    }

    // Whoever waited for a removed node waits for what that one waited for.
    private static IReadOnlyList<string> After(YamlNode node) =>
        (node as YamlMap)?["after"] is YamlList list ? [.. list.Items.OfType<YamlScalar>().Select(s => s.Value)] : [];
}
