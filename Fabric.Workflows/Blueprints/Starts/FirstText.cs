using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fabric.Workflows.Blueprints.Starts;

/// <summary>The first text of a blueprint: as small as a person would write it.</summary>
public static class FirstText
{
    private static readonly JsonSerializerOptions Quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A blueprint without nodes.</summary>
    public static string Empty(string name, string title) => $"{Head(name, title)}spec:\n  nodes: {{}}\n";

    /// <summary>A blueprint that is another one with some nodes left out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="title">Its title; null for the base's.</param>
    /// <param name="extends">The base.</param>
    /// <param name="noop">Nodes left out.</param>
    public static string Derived(string name, string? title, string extends, IReadOnlyList<string> noop) =>
        $"{Head(name, title)}spec:\n  extends: {extends}\n{(noop.Count > 0 ? $"  noop: [{string.Join(", ", noop)}]\n" : "")}";

    // A JSON string is a YAML string too, whatever stands in the title.
    private static StringBuilder Head(string name, string? title)
    {
        var head = new StringBuilder("apiVersion: fabric/v1\nkind: Blueprint\nmetadata:\n").Append("  name: ").Append(name).Append('\n');
        return title is null ? head : head.Append("  title: ").Append(JsonSerializer.Serialize(title, Quoted)).Append('\n');
    }
}
