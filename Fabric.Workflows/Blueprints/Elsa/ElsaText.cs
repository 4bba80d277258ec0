using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Writes a blueprint's text from activities alone, as a person would lay it out.</summary>
internal static class ElsaText
{
    private static readonly string[] First = ["entity", "gate", "by", "deadline", "duration", "cron", "node", "operation", "was", "title", "noop", "protect", "after"];

    public static string Write(string name, ElsaGraph graph, IReadOnlyList<ElsaNode> nodes)
    {
        var text = new StringBuilder("apiVersion: fabric/v1\nkind: Blueprint\nmetadata:\n").Append("  name: ").Append(name).Append('\n');
        if (graph.Definition.TextAt("name") is { Length: > 0 } title && title != name)
            Line(text, "  ", "title", title);
        if (graph.Definition.TextAt("description") is { Length: > 0 } description)
            Line(text, "  ", "description", description);
        text.Append("spec:\n");
        Map(text, "  ", "parameters", graph.Fabric is { } own ? own["parameters"] as JsonObject : ElsaParameters.Schema(graph.Definition.At("inputs").List()));
        text.Append("  nodes:\n");
        foreach (var node in nodes)
            Node(text, node);
        Map(text, "  ", "outputs", graph.Fabric?["outputs"] as JsonObject);
        Map(text, "  ", "policies", graph.Fabric?["policies"] as JsonObject);
        var placed = nodes.Where(node => node.Activity.Place is not null && (node.Before is null || node.Placed || node.Moved is not null)).ToList();
        if (placed.Count > 0)
            text.Append("  layout:\n");
        foreach (var node in placed)
            Line(text, "    ", node.Name, new JsonArray((long)Math.Round(node.Activity.Place!.Value.X), (long)Math.Round(node.Activity.Place.Value.Y)));
        return text.ToString();
    }

    /// <summary>Puts a comment on the line above a node.</summary>
    public static TextResult Comment(BlueprintText text, string node, string comment)
    {
        if (text.Nodes.FirstOrDefault(span => span.Name == node) is not { } span)
            return new TextResult(text, []);
        var line = TextLines.Start(text.Text, span.Start);
        // Within braces on one line there is no place for it.
        if (!TextLines.IsBlank(text.Text, line, span.Start))
            return new TextResult(text, []);
        return BlueprintText.Parse(text.Text.Insert(line, $"{text.Text[line..span.Start]}# {comment}{TextLines.Style(text.Text)}"), text.File);
    }

    private static void Node(StringBuilder text, ElsaNode node)
    {
        if (node.Comment is { } comment)
            text.Append("    # ").Append(comment).Append('\n');
        text.Append("    ").Append(YamlValues.WriteText(node.Name)).Append(":\n");
        foreach (var field in First.Where(node.Wanted.ContainsKey))
            Line(text, "      ", field, node.Wanted[field]);
        Map(text, "      ", "config", node.Wanted["config"] as JsonObject);
        foreach (var (field, value) in node.Wanted.Where(field => !First.Contains(field.Key) && field.Key != "config"))
            Line(text, "      ", field, value);
    }

    private static void Map(StringBuilder text, string indent, string key, JsonObject? map)
    {
        if (map is not { Count: > 0 })
            return;
        text.Append(indent).Append(YamlValues.WriteText(key)).Append(":\n");
        foreach (var (name, value) in map)
            Line(text, indent + "  ", name, value);
    }

    private static void Line(StringBuilder text, string indent, string key, JsonNode? value) =>
        text.Append(indent).Append(YamlValues.WriteText(key)).Append(": ").Append(YamlValues.Write(value)).Append('\n');
}
