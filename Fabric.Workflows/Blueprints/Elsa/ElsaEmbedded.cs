using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Editing;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>
/// The blueprint text that a file carries. It is taken only when it says what the activities said when they were written: a text that was
/// exchanged behind the drawing would bring in what nobody sees.
/// </summary>
internal static class ElsaEmbedded
{
    public const string Where = "$.customProperties.fabric.yaml";

    private const string Remedy = "Delete customProperties.fabric.yaml to import from the activities alone.";

    /// <summary>The text, parsed; null when the file carries none.</summary>
    public static Draft? Read(ElsaGraph graph, string name, EntityCatalog catalog, Func<string, string?> baseText, ElsaFindings findings)
    {
        if (graph.Fabric is not { } own || own["yaml"] is not { } node)
            return null;
        if (node.Text() is not { } yaml)
        {
            findings.Fatal(ElsaFindingCodes.EmbeddedText, Where, $"The blueprint text in the file is no text. {Remedy}");
            return null;
        }

        var parsed = BlueprintText.Parse(yaml, $"{name}.yaml");
        foreach (var fault in parsed.Faults)
            findings.Fatal(ElsaFindingCodes.EmbeddedText, Where, $"The blueprint text in the file cannot be read: {fault} {Remedy}");
        return parsed.Text is { } text ? new Draft(text, catalog, baseText) : null;
    }

    /// <summary>Nodes that were drawn when the file was written.</summary>
    public static IReadOnlySet<string> Drawn(ElsaGraph graph, Draft draft) =>
        (graph.Fabric?["nodes"] is JsonArray listed ? listed.Texts() : draft.Source.Nodes.Select(node => node.Name)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Compares the text with what the activities said when they were written.</summary>
    public static void Check(ElsaGraph graph, Draft draft, IReadOnlyList<ElsaNode> nodes, ElsaFindings findings)
    {
        if (draft.Text.IsDerived && draft.Text.At("spec", "extends")?.ToString() is { } name && draft.BaseText(name) is null)
        {
            findings.Notice(ElsaFindingCodes.BaseChanged, Where, $"The blueprint extends '{ElsaJson.Short(name)}', and there is none of that name here; import that one too.");
            return;
        }

        var drawn = Drawn(graph, draft);
        var source = draft.Source;
        foreach (var hidden in source.Nodes.Where(node => !drawn.Contains(node.Name) && nodes.All(other => other.Name != node.Name)))
            Report(draft, hidden.Own, $"has a node '{hidden.Name}' that the workflow does not draw", hidden.Name, findings);
        foreach (var node in nodes.Where(node => node.Before is not null && node.Activity.Fabric is not null))
        {
            if (!source.ByName.TryGetValue(node.Name, out var written))
                Report(draft, false, $"does not have the node '{node.Name}'", node.Name, findings);
            else if (!Same(written.Json, node.Before!) || (!draft.Text.IsDerived && !SameEdges(written, node.Before!)))
                Report(draft, !draft.Text.IsDerived, $"says something else about '{node.Name}' than its activity did when it was written", node.Name, findings);
        }
    }

    private static void Report(Draft draft, bool fatal, string what, string node, ElsaFindings findings)
    {
        if (fatal || !draft.Text.IsDerived)
            findings.Fatal(ElsaFindingCodes.EmbeddedText, Where, $"The blueprint text in the file {what}. {Remedy}", node);
        else
            findings.Notice(ElsaFindingCodes.BaseChanged, Where, $"The blueprint, with what it extends, {what}: what it extends has changed since. Look at this node before publishing.", node);
    }

    private static bool Same(JsonObject written, JsonObject before)
    {
        if ((written["gate"]?.ToString() ?? "") != (before["gate"].Text() ?? "") || Type(written) != Type(before))
            return false;
        var (now, then) = (ElsaNodeJson.Inputs(written), ElsaNodeJson.Inputs(before));
        return now.Count == then.Count && now.All(input => then.ContainsKey(input.Key) && Same(input.Value, then[input.Key]));
    }

    private static bool SameEdges(SourceNode written, JsonObject before) =>
        written.After.ToHashSet(StringComparer.Ordinal).SetEquals(before["after"].Texts()) && written.Json["was"]?.ToString() == before["was"].Text();

    private static bool Same(JsonNode? written, JsonNode? before) => JsonNode.DeepEquals(written, before)
        || (written.Text() is { } one && before.Text() is { } other && Durations.TryParse(one, out var first) && Durations.TryParse(other, out var second) && first == second);

    private static string Type(JsonObject node) => node["entity"]?.ToString().Split('@')[0] ?? "";
}
