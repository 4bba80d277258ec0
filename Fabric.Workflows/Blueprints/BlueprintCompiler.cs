using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Yaml;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints;

/// <param name="Blueprint">Null when there is any fault.</param>
/// <param name="Faults">All at once, in reading order.</param>
public sealed record CompileResult(CompiledBlueprint? Blueprint, IReadOnlyList<Fault> Faults);

/// <summary>Turns a blueprint's text into its compiled form, or says everything that is wrong with it. Safe for use from many threads.</summary>
public sealed class BlueprintCompiler(EntityCatalog catalog)
{
    /// <summary>Never throws for what stands in the text.</summary>
    /// <param name="yaml">The text of the file.</param>
    /// <param name="file">What faults call it.</param>
    /// <param name="version">The number the result carries; 0 for a draft.</param>
    /// <param name="baseText">Name to text of a blueprint that is extended; null for one that does not exist.</param>
    public CompileResult Compile(string yaml, string file, int version, Func<string, string?> baseText)
    {
        var faults = new FaultList();
        if (new Derivation(baseText, faults).Read(yaml, file) is not { } source) return new CompileResult(null, faults.ToList());
        var parameters = SchemaReader.Read(source.Parameters, faults, "parameters");
        var nodes = Nodes(source, faults);
        var check = new BindingCheck(nodes.DistinctBy(n => n.Name).ToDictionary(n => n.Name, StringComparer.Ordinal), source, parameters, faults);
        var noop = NoOps(source, nodes, faults);
        var finished = nodes.ToDictionary(n => n.Name, n => Finish(n, noop.Contains(n.Name), check, nodes, faults), StringComparer.Ordinal);
        var order = Order(nodes, finished, faults);
        var outputs = Outputs(source, check, faults);
        var policies = PolicyReader.Read(source.Policies, faults);
        var layout = LayoutReader.Read(source.Layout, nodes.Select(n => n.Name), faults);
        if (faults.Any) return new CompileResult(null, faults.ToList());
        return new CompileResult(new CompiledBlueprint
        {
            Name = source.Name!,
            Version = version,
            Title = source.Title ?? source.Name!,
            Description = source.Description,
            Hash = "",
            Parameters = parameters,
            Nodes = [.. order.Select(n => finished[n])],
            Outputs = outputs,
            Policies = policies,
            Layout = layout,
        }.WithHash(), []);
    }

    private List<NodeDraft> Nodes(BlueprintSource source, FaultList faults)
    {
        if (source.Nodes.Entries.Count == 0)
            faults.Add(FaultCodes.MissingKey, source.Nodes, "A blueprint needs at least one node under 'nodes'.", field: "nodes");
        var reader = new NodeReader(catalog, source, faults);
        return [.. source.Nodes.Entries.Select(reader.Read).OfType<NodeDraft>()];
    }

    private static HashSet<string> NoOps(BlueprintSource source, List<NodeDraft> nodes, FaultList faults)
    {
        foreach (var name in source.NoOp)
        {
            var node = nodes.FirstOrDefault(n => n.Name == name.Value);
            if (node?.Node.Kind == NodeKind.Entity || (node is null && source.Nodes.Entry(name.Value) is not null)) continue;
            faults.Add(FaultCodes.UnknownNode, name, node is null
                ? $"'noop' names '{name.Value}', and there is no such node. {Suggestion.For(name.Value, nodes.Select(n => n.Name))}"
                : $"'noop' names '{name.Value}', which is a gate; only entities can be adopted. To do without the gate, list it under 'remove'.", name.Value, "noop");
        }

        return [.. source.NoOp.Select(n => n.Value)];
    }

    private static BlueprintNode Finish(NodeDraft draft, bool noop, BindingCheck check, List<NodeDraft> nodes, FaultList faults)
    {
        var edges = draft.Node.Kind == NodeKind.Entity ? check.Edges(draft.Config, draft.Name) : [];
        check.Config(draft, noop || draft.Node.NoOp);
        foreach (var (name, at) in draft.After.Where(a => nodes.All(n => n.Name != a.Name)))
            faults.Add(FaultCodes.UnknownNode, at, $"'{draft.Name}' stands after '{name}', and there is no such node. {Suggestion.For(name, nodes.Select(n => n.Name))}", draft.Name, "after");
        if (draft.Node.Kind == NodeKind.Action && ActionTarget(draft, nodes, faults) is { } target) edges.Add(target);
        if (draft.Node.Was is { } was && nodes.Any(n => n.Name == was))
            faults.Add(FaultCodes.DuplicateName, draft.Entry.Key, $"'{draft.Name}' says it was '{was}', and there is a node of that name still; rename that one or drop 'was'.", draft.Name, "was");
        string[] after = [.. draft.After.Select(a => a.Name).Distinct()];
        return draft.Node with
        {
            After = after,
            DependsOn = [.. edges.Union(after).Order(StringComparer.Ordinal)],
            NoOp = noop || draft.Node.NoOp,
        };
    }

    private static string? ActionTarget(NodeDraft draft, List<NodeDraft> nodes, FaultList faults)
    {
        if (draft.Node.Config["node"]?.ToString() is not { } name || draft.Node.Config["operation"]?.ToString() is not { } operation) return null;
        var target = nodes.FirstOrDefault(n => n.Name == name && n.Node.Kind == NodeKind.Entity);
        if (target is null)
            faults.Add(FaultCodes.UnknownNode, draft.Config["node"]!, $"'{draft.Name}' acts on '{name}', and there is no such entity. {Suggestion.For(name, nodes.Where(n => n.Node.Kind == NodeKind.Entity).Select(n => n.Name))}", draft.Name, "node");
        else if (target.Type is { } type && !type.Operations.ContainsKey(operation))
            faults.Add(FaultCodes.UnknownOperation, draft.Config["operation"]!, $"{type.Ref} has no operation '{operation}'. {Suggestion.For(operation, type.Operations.Keys)}", draft.Name, "operation");
        return target?.Name;
    }

    private static IReadOnlyList<string> Order(List<NodeDraft> nodes, Dictionary<string, BlueprintNode> finished, FaultList faults)
    {
        var order = GraphOrder.Of([.. nodes.Select(n => KeyValuePair.Create(n.Name, (IReadOnlyCollection<string>)finished[n.Name].DependsOn))]);
        foreach (var cycle in order.Cycles)
            faults.Add(FaultCodes.Cycle, nodes.First(n => n.Name == cycle[0]).Entry.Key, $"The nodes wait for each other in a circle: {string.Join(" -> ", cycle)}. Drop one of these bindings or 'after' edges.", cycle[0]);
        foreach (var name in order.Unreachable)
            faults.Add(FaultCodes.UnreachableNode, nodes.First(n => n.Name == name).Entry.Key, $"'{name}' can never start, because what it waits for is part of a circle; break that first.", name);
        return order.Order;
    }

    private static Dictionary<string, string> Outputs(BlueprintSource source, BindingCheck check, FaultList faults)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in source.Outputs.Entries)
        {
            check.Edges(entry.Value, null);
            if (entry.Value is YamlScalar text) outputs[entry.Name] = text.Value;
            else faults.Add(FaultCodes.WrongKind, entry.Value, $"The output '{entry.Name}' must be text like \"${{ingress.url}}\", not {entry.Value.Described}.", field: entry.Name);
        }

        return outputs;
    }
}
