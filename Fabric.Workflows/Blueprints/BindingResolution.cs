using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>One walk over one template.</summary>
internal sealed class BindingResolution(Func<string, string[], Lookup> lookup)
{
    private readonly Dictionary<string, JsonNode?> items = new(StringComparer.Ordinal);

    public List<string> Unknown { get; } = [];

    public List<string> Errors { get; } = [];

    /// <summary>The value of a template that stands for one value; null when nothing is left of it.</summary>
    public JsonNode? Single(JsonNode? template, string path)
    {
        var values = Expand(template, path);
        return template is JsonObject repeated && repeated.ContainsKey("$each") ? new JsonArray([.. values]) : values is [var only] ? only : null;
    }

    /// <summary>What a template becomes: one value, none when it is dropped or unknown, several when it repeats.</summary>
    private List<JsonNode?> Expand(JsonNode? template, string path)
    {
        switch (template)
        {
            case JsonObject value:
                return Object(value, path);
            case JsonArray array:
                return [Array(array, path)];
            case JsonValue text when text.GetValueKind() is JsonValueKind.String && Template.Concerns(text.GetValue<string>()):
                return Text(text.GetValue<string>(), path, out var result) ? [result] : [];
            default:
                return [template?.DeepClone()];
        }
    }

    private List<JsonNode?> Object(JsonObject template, string path)
    {
        if (template.ContainsKey("$if") && !Holds(template["$if"], Bindings.Join(path, "$if")))
            return [];
        if (template.ContainsKey("$each"))
            return Repeat(template, path);
        var result = new JsonObject();
        foreach (var (name, child) in template)
        {
            if (name == "$if")
                continue;
            var at = Bindings.Join(path, name);
            if (child is JsonObject repeated && repeated.ContainsKey("$each"))
                result[name] = Single(child, at);
            else if (Expand(child, at) is [var only])
                result[name] = only;
        }

        return [result];
    }

    private JsonArray Array(JsonArray template, string path)
    {
        var result = new JsonArray();
        for (var index = 0; index < template.Count; index++)
        {
            var unknown = Unknown.Count;
            var values = Expand(template[index], Bindings.Join(path, $"{index}"));
            foreach (var value in values)
                result.Add(value);
            // The place is kept, so that the items after it do not move.
            if (values.Count == 0 && Unknown.Count > unknown && template[index] is JsonValue)
                result.Add((JsonNode?)null);
        }

        return result;
    }

    private List<JsonNode?> Repeat(JsonObject template, string path)
    {
        var errors = Errors.Count;
        if (template["as"] is not JsonValue given || given.GetValueKind() is not JsonValueKind.String || !template.ContainsKey("do"))
        {
            Errors.Add($"{path}: $each needs 'as', the name of the item, and 'do', what is repeated.");
            return [];
        }

        var unknown = Unknown.Count;
        var list = Single(template["$each"], Bindings.Join(path, "$each"));
        if (Unknown.Count > unknown || Errors.Count > errors)
            return [];
        if (list is not (JsonArray or null))
        {
            Errors.Add($"{path}: $each needs a list.");
            return [];
        }

        var name = given.GetValue<string>();
        var hidden = items.TryGetValue(name, out var outer);
        var result = new List<JsonNode?>();
        foreach (var item in list as JsonArray ?? [])
        {
            items[name] = item;
            result.AddRange(Expand(template["do"], Bindings.Join(path, "do")));
        }

        items.Remove(name);
        if (hidden)
            items[name] = outer;
        return result;
    }

    private bool Holds(JsonNode? condition, string path) => Expand(condition, path) is [var value] && value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonValue scalar => scalar.GetValueKind() switch
        {
            JsonValueKind.False or JsonValueKind.Null => false,
            JsonValueKind.String => scalar.GetValue<string>().Length > 0,
            JsonValueKind.Number => scalar.ToJsonString() is not ("0" or "0.0"),
            _ => true,
        },
        _ => true,
    };

    private bool Text(string text, string path, out JsonNode? result)
    {
        result = null;
        var parts = Template.Parse(text, out var malformed);
        if (malformed is not null)
            return Fail(path, malformed);
        var built = new StringBuilder();
        foreach (var part in parts)
        {
            if (part.Root is null || part.IsSecret)
            {
                built.Append(part.Text);
                continue;
            }

            var found = Find(part);
            if (found.Message is { } message)
                return Fail(path, message);
            if (!found.IsKnown)
            {
                Unknown.Add(path);
                return false;
            }

            if (parts.Count == 1)
            {
                result = found.Value?.DeepClone();
                return true;
            }

            if (found.Value is JsonObject or JsonArray)
                return Fail(path, $"{part.Text} is {(found.Value is JsonArray ? "a list" : "an object")}; it cannot stand inside text.");
            built.Append(found.Value?.ToString());
        }

        result = JsonValue.Create(built.ToString());
        return true;
    }

    private Lookup Find(TemplatePart part)
    {
        if (!items.TryGetValue(part.Root!, out var at))
            return lookup(part.Root!, part.Path);
        foreach (var name in part.Path)
        {
            if (at is not JsonObject here || !here.TryGetPropertyValue(name, out at))
                return Lookup.Missing($"There is no {name} in {part.Text}.");
        }

        return Lookup.Known(at);
    }

    private bool Fail(string path, string message)
    {
        Errors.Add(path.Length == 0 ? message : $"{path}: {message}");
        return false;
    }
}
