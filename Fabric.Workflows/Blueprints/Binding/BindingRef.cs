using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>One <c>${root.path}</c> in a template.</summary>
/// <param name="Root">A node's name, or <c>param</c>, <c>env</c>, <c>entity</c>, <c>secret</c>; in manifests <c>config</c> and loop variables too.</param>
/// <param name="Path">The segments after the root; an index counts as one.</param>
/// <param name="Whole">The reference is the whole string, so the value keeps its type.</param>
/// <param name="Where">The dotted path of the string inside the template.</param>
public sealed record BindingRef(string Root, IReadOnlyList<string> Path, bool Whole, string Where)
{
    /// <summary>As written: <c>network.subnetIds.0</c>.</summary>
    public string Expression => Path.Count == 0 ? Root : $"{Root}.{string.Join('.', Path)}";

    /// <summary>Refers to a secret, which stays a reference.</summary>
    public bool IsSecret => Root == "secret";
}

/// <summary>What a resolver answers for one reference.</summary>
public readonly record struct Lookup
{
    private enum Outcome
    {
        Missing,
        Value,
        Unknown,
    }

    private Outcome Result { get; init; }

    /// <summary>The value, when there is one.</summary>
    public JsonNode? Node { get; private init; }

    /// <summary>Why there is none, when it is missing.</summary>
    public string? Reason { get; private init; }

    /// <summary>Strings of the value may refer to secrets: it comes from configuration that was checked, not from outside.</summary>
    public bool MayReferToSecrets { get; private init; }

    public bool IsFound => Result == Outcome.Value;

    /// <summary>There will be a value, but only after something was applied.</summary>
    public bool IsUnknown => Result == Outcome.Unknown;

    /// <param name="value">Copied by the resolver; a JSON null is a value.</param>
    /// <param name="mayReferToSecrets">Leave false for anything a person or a cloud can fill in freely, or it could name another's secret.</param>
    public static Lookup Found(JsonNode? value, bool mayReferToSecrets = false) =>
        new() { Result = Outcome.Value, Node = value, MayReferToSecrets = mayReferToSecrets };

    public static Lookup Unknown() => new() { Result = Outcome.Unknown };

    public static Lookup Missing(string reason) => new() { Result = Outcome.Missing, Reason = reason };

    /// <summary>Follows <paramref name="path"/> into a value; missing when it leads nowhere.</summary>
    public static Lookup Into(JsonNode? value, IReadOnlyList<string> path, bool mayReferToSecrets = false)
    {
        foreach (var segment in path)
        {
            switch (value)
            {
                case JsonObject map when map.TryGetPropertyValue(segment, out var next):
                    value = next;
                    break;
                case JsonArray list when int.TryParse(segment, out var i) && i >= 0 && i < list.Count:
                    value = list[i];
                    break;
                default:
                    return Missing($"there is no '{segment}' in it");
            }
        }

        return Found(value, mayReferToSecrets);
    }
}
