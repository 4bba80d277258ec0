using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Yaml;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints;

/// <summary>Finds the edges in the bindings of a blueprint and checks that each leads to something of the right type.</summary>
internal sealed class BindingCheck(IReadOnlyDictionary<string, NodeDraft> nodes, BlueprintSource source, JsonObject parameters, FaultList faults)
{
    private static readonly JsonObject Text = new() { ["type"] = "string" };

    /// <summary>The nodes a template binds to; unknown references become faults at the string they stand in.</summary>
    public HashSet<string> Edges(YamlNode template, string? node)
    {
        var edges = new HashSet<string>(StringComparer.Ordinal);
        Visit(template, node, "", edges, []);
        return edges;
    }

    /// <summary>Checks a node's configuration, bindings included, against its type.</summary>
    public void Config(NodeDraft draft, bool noop)
    {
        if (draft.Type is null) return;
        foreach (var issue in SchemaCheck.Validate(draft.Node.Config, draft.Type.Config, (path, text, wanted) => Shown(draft.Type.Config, path, text) ?? Mistyped(path, text, wanted)))
        {
            // What is adopted for good is never made, so nobody needs to say how.
            if (noop && issue.Problem == SchemaProblem.Missing) continue;
            var code = issue.Problem switch
            {
                SchemaProblem.Missing => FaultCodes.MissingConfig,
                SchemaProblem.Unknown => FaultCodes.UnknownConfig,
                SchemaProblem.WrongType when At(draft.Config, issue.Path) is YamlScalar s && s.Value.Contains("${", StringComparison.Ordinal) => FaultCodes.MistypedBinding,
                _ => FaultCodes.InvalidConfig,
            };
            var at = issue.Problem == SchemaProblem.Missing ? draft.Entry.Key : At(draft.Config, issue.Path, ofKey: issue.Problem == SchemaProblem.Unknown);
            faults.Add(code, at, $"'{issue.Path}' of {draft.Type.Ref} {issue.Message}", draft.Name, issue.Path);
        }
    }

    /// <summary>The schema of what a reference gives; null when there is no such thing (a fault elsewhere).</summary>
    public JsonObject? SchemaOf(BindingRef reference) => reference.Root switch
    {
        "param" => SchemaTypes.At(parameters, reference.Path),
        "env" or "entity" or "secret" => Text,
        _ => nodes.GetValueOrDefault(reference.Root)?.Type is { } type ? SchemaTypes.At(type.Outputs, reference.Path) : null,
    };

    private void Visit(YamlNode template, string? node, string field, HashSet<string> edges, HashSet<string> locals)
    {
        switch (template)
        {
            case YamlMap map:
                if (map["$each"] is not null) locals = [.. locals, (map["$as"] as YamlScalar)?.Value ?? "item"];
                foreach (var entry in map.Entries) Visit(entry.Value, node, Bindings.Join(field, entry.Name), edges, locals);
                break;
            case YamlList list:
                foreach (var item in list.Items) Visit(item, node, field, edges, locals);
                break;
            case YamlScalar scalar when scalar.Value.Contains("${", StringComparison.Ordinal):
                var text = BindingText.Parse(scalar.Value, field);
                foreach (var error in text.Errors) faults.Add(FaultCodes.BadBinding, scalar, error, node, field);
                foreach (var reference in text.Pieces.Select(p => p.Reference).OfType<BindingRef>().Where(r => !locals.Contains(r.Root)))
                {
                    if (nodes.ContainsKey(reference.Root)) edges.Add(reference.Root);
                    if (Wrong(reference) is { } why) faults.Add(FaultCodes.UnknownBinding, scalar, why, node, field);
                }

                break;
        }
    }

    private string? Wrong(BindingRef reference)
    {
        switch (reference.Root)
        {
            case "secret":
                return reference.Path.Count == 0 ? "A secret needs a name: write ${secret.name}." : null;
            case "env":
                return Listed(reference, TemplateCheck.Environment);
            case "entity":
                return Listed(reference, TemplateCheck.Entity);
            case "param":
                return reference.Path.Count > 0 && SchemaTypes.At(parameters, reference.Path) is not null ? null
                    : $"There is no parameter '{string.Join('.', reference.Path)}'. {Suggestion.For(First(reference), Names(parameters))}";
        }

        if (!nodes.TryGetValue(reference.Root, out var producer))
        {
            return source.Removed.ContainsKey(reference.Root)
                ? $"'{reference.Expression}' binds to the node '{reference.Root}', which this blueprint removes; give the value another way."
                : $"'{reference.Expression}' binds to '{reference.Root}', and there is no such node. {Suggestion.For(reference.Root, nodes.Keys.Concat(["param", "env", "secret"]))}";
        }

        if (producer.Node.Kind != NodeKind.Entity) return $"'{reference.Root}' is a gate and has no outputs; use 'after: [{reference.Root}]' to wait for it.";
        if (producer.Type is null || (reference.Path.Count > 0 && SchemaTypes.At(producer.Type.Outputs, reference.Path) is not null)) return null;
        return $"{producer.Type.Ref} has no output '{string.Join('.', reference.Path)}'. {Suggestion.For(First(reference), Names(producer.Type.Outputs))}";
    }

    /// <summary>A secret bound to what is shown to people; what is in something secret is secret too.</summary>
    private static SchemaIssue? Shown(JsonObject schema, string path, string text)
    {
        if (BindingText.Parse(text, path).Pieces.Select(p => p.Reference).FirstOrDefault(r => r?.Root == "secret") is not { } secret)
            return null;
        var steps = path.Split('.');
        return Enumerable.Range(1, steps.Length).Any(length => SchemaTypes.At(schema, [.. steps.Take(length)])?["x-secret"] is JsonValue mark && mark.TryGetValue(out bool set) && set)
            ? null
            : new SchemaIssue(path, SchemaProblem.WrongType, $"is bound to ${{{secret.Expression}}}, and is no secret of its type: the value would be shown. Mark it x-secret in the type, or bind something else.");
    }

    private SchemaIssue? Mistyped(string path, string text, JsonObject wanted)
    {
        var parsed = BindingText.Parse(text, path);
        if (parsed.Whole is { } whole)
        {
            return SchemaOf(whole) is { } given && SchemaTypes.Mismatch(given, wanted) is { } why
                ? new SchemaIssue(path, SchemaProblem.WrongType, $"is bound to ${{{whole.Expression}}}, which {why}.")
                : null;
        }

        var types = SchemaTypes.Of(wanted);
        if (types.Count > 0 && !types.Contains("string"))
            return new SchemaIssue(path, SchemaProblem.WrongType, $"must be {SchemaTypes.Describe(types)}, and a binding inside a longer text gives text; bind the whole value.");
        foreach (var reference in parsed.Pieces.Select(p => p.Reference).OfType<BindingRef>())
        {
            if (SchemaOf(reference) is { } given && SchemaTypes.Of(given) is ["array"] or ["object"])
                return new SchemaIssue(path, SchemaProblem.WrongType, $"writes ${{{reference.Expression}}} into a text, and that is {SchemaTypes.Describe(SchemaTypes.Of(SchemaOf(reference)!))}; bind the whole value or one item of it.");
        }

        return null;
    }

    private static string? Listed(BindingRef reference, string[] known) =>
        reference.Path.Count == 1 && known.Contains(reference.Path[0]) ? null
            : $"There is no '{reference.Expression}'. {Suggestion.For(First(reference), known)}";

    private static IEnumerable<string> Names(JsonObject schema) => (schema["properties"] as JsonObject ?? []).Select(p => p.Key);

    private static string First(BindingRef reference) => reference.Path.Count == 0 ? "" : reference.Path[0];

    // The deepest thing that is there: a fault about something missing points at what lacks it.
    private static YamlNode At(YamlMap config, string path, bool ofKey = false)
    {
        YamlNode at = config;
        var segments = path.Split('.');
        for (var i = 0; i < segments.Length; i++)
        {
            if (at is YamlMap map && map.Entry(segments[i]) is { } entry) at = ofKey && i == segments.Length - 1 ? entry.Key : entry.Value;
            else if (at is YamlList list && int.TryParse(segments[i], out var item) && item < list.Items.Count) at = list.Items[item];
            else break;
        }

        return at;
    }
}
