using System.Text.Json.Nodes;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>What <c>terraform show -json</c> says of a plan, read into Fabric's words.</summary>
/// <param name="Resources">What is done to each resource; those that stay as they are are left out.</param>
/// <param name="Drift">What stands otherwise than the state had it.</param>
/// <param name="OutputsChange">Whether an output changes.</param>
/// <param name="Remaining">Managed resources that are there afterwards.</param>
/// <param name="Before">Managed resources that stand before.</param>
/// <param name="Outputs">Outputs as they are afterwards, as far as they are known; with their sensitivity.</param>
public sealed record PlanReader(
    IReadOnlyList<ResourceChange> Resources, IReadOnlyList<ResourceChange> Drift, bool OutputsChange, int Remaining, int Before, IReadOnlyDictionary<string, OutputValue> Outputs)
{
    /// <summary>True when applying it would change nothing at all.</summary>
    public bool IsEmpty => Resources.Count == 0 && !OutputsChange;

    /// <summary>Reads a plan.</summary>
    /// <param name="text">The answer of <c>show -json</c>.</param>
    /// <exception cref="System.Text.Json.JsonException">It is no JSON.</exception>
    public static PlanReader Read(byte[] text)
    {
        var root = JsonNode.Parse(text)!.AsObject();
        var outputs = root["output_changes"] as JsonObject ?? [];
        return new PlanReader(
            [.. Changes(root["resource_changes"])],
            [.. Changes(root["resource_drift"])],
            outputs.Any(output => ActionsOf(output.Value) is not ["no-op"]),
            Count(root["planned_values"]?["root_module"]),
            Count(root["prior_state"]?["values"]?["root_module"]),
            outputs.Where(output => ActionsOf(output.Value) is not ["delete"]).ToDictionary(output => output.Key, output => Output(output.Value!), StringComparer.Ordinal));
    }

    private static OutputValue Output(JsonNode change)
    {
        var sensitive = IsTrue(change["after_sensitive"]);
        return new OutputValue(change["after"]?.DeepClone(), sensitive, change["after_unknown"] is { } unknown && !IsFalse(unknown));
    }

    private static IEnumerable<ResourceChange> Changes(JsonNode? list)
    {
        foreach (var item in (list as JsonArray ?? []).OfType<JsonObject>())
        {
            if (item["mode"]?.ToString() != "managed" || item["change"] is not JsonObject change || Action(ActionsOf(change)) is not { } action)
                continue;
            yield return new ResourceChange(item["address"]!.ToString(), item["type"]!.ToString(), action, FieldDiff.Of(change));
        }
    }

    private static string[] ActionsOf(JsonNode? change) => [.. (change?["actions"] as JsonArray ?? []).Select(a => a!.ToString())];

    private static PlanAction? Action(string[] actions) => actions switch
    {
        ["create"] => PlanAction.Create,
        ["update"] => PlanAction.Update,
        ["delete"] => PlanAction.Delete,
        [_, _] => PlanAction.Replace,
        _ => null,
    };

    private static int Count(JsonNode? module) => module is null
        ? 0
        : (module["resources"] as JsonArray ?? []).Count(r => r?["mode"]?.ToString() == "managed") + (module["child_modules"] as JsonArray ?? []).Sum(Count);

    private static bool IsTrue(JsonNode? mask) => mask is JsonValue value ? value.TryGetValue(out bool set) && set : mask is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } && HasTrue(mask);

    private static bool HasTrue(JsonNode? mask) => mask switch
    {
        JsonObject map => map.Any(p => HasTrue(p.Value)),
        JsonArray list => list.Any(HasTrue),
        JsonValue value => value.TryGetValue(out bool set) && set,
        _ => false,
    };

    private static bool IsFalse(JsonNode mask) => !HasTrue(mask);
}

/// <param name="Value">The value; null while it is not known.</param>
/// <param name="Sensitive">Whether it, or a part of it, is sensitive.</param>
/// <param name="Unknown">Whether it, or a part of it, is known after apply.</param>
public sealed record OutputValue(JsonNode? Value, bool Sensitive, bool Unknown);
