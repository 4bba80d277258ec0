using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

public sealed partial class BlueprintText
{
    /// <summary>Renames a node that is written in this file, and every mention of it: bindings, <c>after</c>, <c>noop</c>, its place on the canvas.</summary>
    public TextResult RenameNode(string name, string newName)
    {
        if (!IsHere(name)) return Refused(name, $"There is no node '{name}' written in this file, so it cannot be renamed here.");
        if (!Slug.IsValid(newName) || Slug.IsReserved(newName)) return Refused(name, $"'{newName}' is no name for a node: it must be {Slug.Rule}.", FaultCodes.BadSlug);
        if (IsHere(newName)) return Refused(name, $"There is a node '{newName}' already; choose another name.", FaultCodes.DuplicateName);
        var spans = new List<(int Start, int End, string Text)>();
        Mentions(_root, "", name, newName, spans);
        var text = Text;
        foreach (var (start, end, written) in spans.OrderByDescending(span => span.Start))
            text = text[..start] + written + text[end..];
        return Checked(text, Renamed(Json, "", name, newName));
    }

    private void Mentions(YamlNode at, string path, string name, string newName, List<(int Start, int End, string Text)> spans)
    {
        switch (at)
        {
            case YamlMap map:
                foreach (var entry in map.Entries)
                {
                    if (IsKey(path, entry.Name, name)) spans.Add((entry.Key.Start, entry.Key.End, YamlValues.WriteText(newName)));
                    Mentions(entry.Value, path.Length == 0 ? entry.Name : $"{path}.{entry.Name}", name, newName, spans);
                }

                break;
            case YamlList list:
                foreach (var item in list.Items) Mentions(item, path, name, newName, spans);
                break;
            case YamlScalar scalar when IsName(path) && scalar.Value == name:
                spans.Add((scalar.Start, scalar.End, YamlValues.WriteText(newName)));
                break;
            case YamlScalar scalar when scalar.Value.Contains($"${{{name}", StringComparison.Ordinal):
                spans.Add((scalar.Start, scalar.End, Bound(Text[scalar.Start..scalar.End], name, newName)));
                break;
        }
    }

    private static JsonObject Renamed(JsonObject root, string path, string name, string newName)
    {
        var result = new JsonObject();
        foreach (var (key, value) in root)
            result[IsKey(path, key, name) ? newName : key] = Renamed(value, path.Length == 0 ? key : $"{path}.{key}", name, newName);
        return result;
    }

    private static JsonNode? Renamed(JsonNode? value, string path, string name, string newName) => value switch
    {
        JsonObject map => Renamed(map, path, name, newName),
        JsonArray list => new JsonArray([.. list.Select(item => Renamed(item, path, name, newName))]),
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => JsonValue.Create(IsName(path) && text == name ? newName : Bound(text, name, newName)),
        _ => value?.DeepClone(),
    };

    private static bool IsKey(string path, string key, string name) => key == name && (path is "spec.nodes" or "spec.layout");

    /// <summary>Places that name a node outright: <c>after</c> of any node, <c>noop</c>, and the node an action acts on.</summary>
    private static bool IsName(string path) => path is "spec.noop" || NameField().IsMatch(path);

    private static string Bound(string text, string name, string newName) =>
        Regex.Replace(text, $@"(?<!\$)\$\{{{Regex.Escape(name)}(?=[.\[}}])", $"$${{{newName}", RegexOptions.None, TimeSpan.FromSeconds(10));

    [GeneratedRegex(@"^spec\.nodes\.[^.]+\.(after|node)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NameField();
}
