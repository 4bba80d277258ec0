using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Editing;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <param name="Text">The blueprint's text; null when a finding is fatal. The compiler says whether it is right.</param>
/// <param name="Findings">Fatal ones first.</param>
public sealed record ElsaImportResult(string? Text, IReadOnlyList<ElsaFinding> Findings);

/// <summary>
/// Reads an Elsa 3 workflow definition as a blueprint's text. What Fabric exported comes back as it was, byte for byte, with the changes
/// that were made in Elsa applied where they belong; of any other workflow a new text is made, in which activities that Fabric does not
/// know are action gates for a person to fill in.
/// </summary>
public static class ElsaImport
{
    /// <summary>Largest file that is read, bytes.</summary>
    public const int LargestFile = 5 * 1024 * 1024;

    /// <summary>Never throws for what stands in the file, and writes nothing.</summary>
    /// <param name="json">The file.</param>
    /// <param name="name">Name of the blueprint it becomes, a slug.</param>
    /// <param name="catalog">Entity types that nodes may use.</param>
    /// <param name="baseText">Name to text of a blueprint that is extended; null for one that does not exist.</param>
    public static ElsaImportResult Read(ReadOnlyMemory<byte> json, string name, EntityCatalog catalog, Func<string, string?> baseText)
    {
        var findings = new ElsaFindings();
        var text = ElsaFile.Read(json.Span, findings) is { } definition && ElsaReader.Read(definition, findings) is { } graph && !findings.AnyFatal
            ? Text(graph, name, catalog, baseText, findings)
            : null;
        return new ElsaImportResult(findings.AnyFatal ? null : text, findings.ToList());
    }

    private static string? Text(ElsaGraph graph, string name, EntityCatalog catalog, Func<string, string?> baseText, ElsaFindings findings)
    {
        var embedded = ElsaEmbedded.Read(graph, name, catalog, baseText, findings);
        if (findings.AnyFatal)
            return null;
        var nodes = ElsaEdges.Connect(new ElsaNodes(embedded, catalog, findings).Of(graph), graph, findings);
        if (embedded is not null)
            ElsaEmbedded.Check(graph, embedded, nodes, findings);
        else
            LeftOut(graph, findings);
        if (findings.AnyFatal)
            return null;
        return embedded is not null ? Patched(graph, name, embedded, nodes, findings) : Written(graph, name, catalog, nodes, findings);
    }

    private static string Patched(ElsaGraph graph, string name, Draft embedded, IReadOnlyList<ElsaNode> nodes, ElsaFindings findings)
    {
        var patch = new ElsaPatch(embedded, findings);
        patch.Apply(nodes, ElsaEmbedded.Drawn(graph, embedded));
        var text = patch.Rename(nodes);
        foreach (var (key, field) in new[] { ("name", "title"), ("description", "description") })
        {
            var (before, now) = (graph.Fabric![field].Text() ?? "", graph.Definition.TextAt(key));
            if (now is not null && now != before)
                text = patch.Set(["metadata", field], now.Length > 0 ? now : null);
        }

        if (text.At("metadata", "name")?.ToString() is { } written && written != name)
        {
            findings.Notice(ElsaFindingCodes.Renamed, "$.customProperties.fabric.name", $"The workflow was made of the blueprint '{ElsaJson.Short(written)}'; it is imported as '{name}'.");
            text = patch.Set(["metadata", "name"], name);
        }

        return text.Text;
    }

    private static string? Written(ElsaGraph graph, string name, EntityCatalog catalog, IReadOnlyList<ElsaNode> nodes, ElsaFindings findings)
    {
        var parsed = BlueprintText.Parse(ElsaText.Write(name, graph, nodes), $"{name}.yaml");
        foreach (var fault in parsed.Faults)
            findings.Fatal(fault.Code == FaultCodes.TooLarge ? ElsaFindingCodes.TooLarge : ElsaFindingCodes.EditRefused, "$", $"No blueprint can be written of this: {fault.Message}");
        return parsed.Text is { } text ? new ElsaPatch(new Draft(text, catalog, _ => null), findings).Rename(nodes).Text : null;
    }

    /// <summary>Parts of a workflow that have no counterpart.</summary>
    private static void LeftOut(ElsaGraph graph, ElsaFindings findings)
    {
        foreach (var (part, sentence) in new[]
        {
            ("variables", "variables: nodes take values from parameters and from each other's outputs"),
            ("outputs", "outputs: write them as bindings under 'outputs'"),
            ("outcomes", "outcomes: a run of a blueprint ends well or not"),
        })
        {
            if (graph.Definition.At(part).List() is { Count: > 0 } && !(part == "outputs" && graph.Fabric?["outputs"] is JsonObject))
                findings.Notice(ElsaFindingCodes.NotKept, $"$.{part}", $"The workflow's {sentence}. They are left out.");
        }
    }
}
