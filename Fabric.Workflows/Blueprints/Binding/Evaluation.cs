using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>One walk over one template.</summary>
internal sealed class Evaluation(Func<string, string[], Lookup> resolve)
{
    /// <summary>More items than any product needs; a guard against a template that multiplies itself.</summary>
    private const int MaxItems = 1000;

    private ImmutableDictionary<string, Lookup> _locals = ImmutableDictionary<string, Lookup>.Empty;

    public List<BindingRef> Unknown { get; } = [];

    public List<BindingError> Errors { get; } = [];

    public JsonNode? Value(JsonNode? template, string where) => template switch
    {
        JsonObject map => Map(map, where, out var kept) is var value && kept ? value : null,
        JsonArray list => List(list, where),
        JsonValue v when v.TryGetValue<string>(out var text) => Text(text, where),
        _ => template?.DeepClone(),
    };

    private JsonArray List(JsonArray list, string where)
    {
        var result = new JsonArray();
        for (var i = 0; i < list.Count; i++)
        {
            var at = Bindings.Join(where, i.ToString(CultureInfo.InvariantCulture));
            if (list[i] is not JsonObject map)
            {
                result.Add(Value(list[i], at));
                continue;
            }

            if (map.ContainsKey("$each"))
            {
                foreach (var item in Each(map, at)) result.Add(item);
                continue;
            }

            var value = Map(map, at, out var kept);
            if (kept) result.Add(value);
        }

        return result;
    }

    private JsonNode? Map(JsonObject map, string where, out bool kept)
    {
        kept = true;
        if (map.ContainsKey("$each")) return new JsonArray([.. Each(map, where)]);
        if (map.ContainsKey("$if") && !Holds(map, where))
        {
            kept = map.ContainsKey("$else");
            return kept ? Value(map["$else"], Bindings.Join(where, "$else")) : null;
        }

        if (map.ContainsKey("$value")) return Value(map["$value"], Bindings.Join(where, "$value"));
        var result = new JsonObject();
        foreach (var (key, item) in map)
        {
            if (key is "$if" or "$is" or "$else") continue;
            var at = Bindings.Join(where, key);
            var value = item is JsonObject inner ? Map(inner, at, out var keep) : Value(item, at, out keep);
            if (keep) result[key] = value;
        }

        return result;
    }

    private JsonNode? Value(JsonNode? template, string where, out bool kept)
    {
        kept = true;
        return Value(template, where);
    }

    private bool Holds(JsonObject map, string where)
    {
        var before = Unknown.Count;
        var errors = Errors.Count;
        var condition = Value(map["$if"], Bindings.Join(where, "$if"));
        // An optional setting that is not there is simply not set; everything else about it is still checked when it is.
        if (Errors.Count > errors) Errors.RemoveRange(errors, Errors.Count - errors);
        else if (Unknown.Count > before) return true;
        else if (map.TryGetPropertyValue("$is", out var wanted)) return JsonNode.DeepEquals(condition, Value(wanted, Bindings.Join(where, "$is")));
        else return IsTrue(condition);
        return false;
    }

    private static bool IsTrue(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject map => map.Count > 0,
        _ => value.GetValueKind() switch
        {
            JsonValueKind.False or JsonValueKind.Null => false,
            JsonValueKind.String => value.GetValue<string>().Length > 0,
            JsonValueKind.Number => value.ToJsonString() is not ("0" or "0.0"),
            _ => true,
        },
    };

    private List<JsonNode?> Each(JsonObject map, string where)
    {
        var source = Value(map["$each"], Bindings.Join(where, "$each"));
        var name = map["$as"] is JsonValue v && v.TryGetValue<string>(out var given) ? given : "item";
        var items = source switch
        {
            JsonArray list => list.Select(i => i?.DeepClone()).ToList(),
            JsonValue n when n.TryGetValue<int>(out var count) && count is >= 0 and <= MaxItems =>
                [.. Enumerable.Range(0, count).Select(i => (JsonNode?)JsonValue.Create(i))],
            _ => null,
        };
        if (items is null || items.Count > MaxItems)
        {
            // While the list is unknown there is nothing to repeat; the unknown reference is already noted.
            if (!IsUnknownText(source)) Errors.Add(new BindingError(where, $"'$each' needs a list or a count of at most {MaxItems}."));
            return [];
        }

        var body = new JsonObject(map.Where(p => p.Key is not ("$each" or "$as")).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        var outer = _locals;
        var results = new List<JsonNode?>();
        foreach (var item in items)
        {
            _locals = outer.SetItem(name, Lookup.Found(item, mayReferToSecrets: true));
            var value = Map(body, where, out var kept);
            if (kept) results.Add(value);
        }

        _locals = outer;
        return results;
    }

    private bool IsUnknownText(JsonNode? source) =>
        source is JsonValue v && v.TryGetValue<string>(out var text) && BindingText.Parse(text).Whole is { } r && Unknown.Any(u => u.Expression == r.Expression);

    private JsonNode? Text(string text, string where)
    {
        if (!text.Contains("${", StringComparison.Ordinal)) return JsonValue.Create(text);
        var parsed = BindingText.Parse(text, where);
        foreach (var error in parsed.Errors) Errors.Add(new BindingError(where, error));
        if (parsed.Whole is { IsSecret: false } whole) return Whole(whole, text);
        var result = new StringBuilder();
        var unknown = Unknown.Count;
        var secrets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var piece in parsed.Pieces)
        {
            var part = piece.Reference is null || piece.Reference.IsSecret ? piece.Text
                : Find(piece.Reference) is { } found ? Scalar(found, piece.Reference) : "";
            secrets.UnionWith(Bindings.Secrets(part));
            result.Append(part);
        }

        // Two harmless values side by side ("$" and "{secret.x}") must not become a reference either.
        if (!secrets.IsSupersetOf(Bindings.Secrets(result.ToString())))
            Errors.Add(new BindingError(where, "The values written into this text would together name a secret."));
        return JsonValue.Create(Unknown.Count > unknown ? text : result.ToString());
    }

    private JsonNode? Whole(BindingRef reference, string text)
    {
        var unknown = Unknown.Count;
        var found = Find(reference);
        return Unknown.Count > unknown ? JsonValue.Create(text) : found?.Node?.DeepClone();
    }

    private Lookup? Find(BindingRef reference)
    {
        var path = reference.Path.ToArray();
        var found = _locals.TryGetValue(reference.Root, out var local) ? Lookup.Into(local.Node, path, true) : resolve(reference.Root, path);
        if (found.IsUnknown) Unknown.Add(reference);
        else if (!found.IsFound) Errors.Add(new BindingError(reference.Where, $"'{reference.Expression}' has no value: {found.Reason}."));
        else if (!found.MayReferToSecrets && Bindings.Secrets(found.Node).Count > 0)
            Errors.Add(new BindingError(reference.Where, $"The value of '{reference.Expression}' names a secret; only configuration marked as secret may."));
        else return found;
        return null;
    }

    private string Scalar(Lookup found, BindingRef reference)
    {
        switch (found.Node)
        {
            case null:
                return "";
            case JsonValue value:
                return value.TryGetValue<string>(out var text) ? text : value.ToJsonString();
            default:
                Errors.Add(new BindingError(reference.Where, $"'{reference.Expression}' is a {(found.Node is JsonArray ? "list" : "map")}; inside a longer text only text, numbers and booleans can stand."));
                return "";
        }
    }
}
