using System.Text.Json.Nodes;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>What <c>terraform show -json</c> says of a plan, read into Fabric's words.</summary>
/// <param name="Resources">What is done to each resource; those that stay as they are are left out.</param>
/// <param name="Drift">What stands otherwise than the state had it.</param>
/// <param name="OutputsChange">Whether an output changes.</param>
/// <param name="Remaining">Managed resources that are there afterwards.</param>
/// <param name="Before">Managed resources that stand before.</param>
/// <param name="Planned">Each resource that changes, whole, for rules to look at.</param>
public sealed record PlanReader(
    IReadOnlyList<ResourceChange> Resources, IReadOnlyList<ResourceChange> Drift, bool OutputsChange, int Remaining, int Before, IReadOnlyList<PlannedResource> Planned)
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
        var given = new GivenArguments(root["configuration"]);
        var places = new ProviderPlaces(root["configuration"]);
        return new PlanReader(
            [.. Changes(root["resource_changes"])],
            [.. Changes(root["resource_drift"])],
            outputs.Any(output => ActionsOf(output.Value) is not ["no-op"]),
            Count(root["planned_values"]?["root_module"]),
            Count(root["prior_state"]?["values"]?["root_module"]),
            [.. Managed(root["resource_changes"]).Select(item => PlannedResource.Of(item.Resource, item.Action, item.Change, given.Of(item.Resource), places.Of(given.ProviderOf(item.Resource))))]);
    }

    private static IEnumerable<ResourceChange> Changes(JsonNode? list) =>
        Managed(list).Select(item => new ResourceChange(item.Resource["address"]!.ToString(), item.Resource["type"]!.ToString(), item.Action, item.Action is PlanAction.HandOver ? [] : FieldDiff.Of(item.Change)));

    private static IEnumerable<(JsonObject Resource, PlanAction Action, JsonObject Change)> Managed(JsonNode? list)
    {
        foreach (var item in (list as JsonArray ?? []).OfType<JsonObject>())
        {
            if (item["mode"]?.ToString() == "managed" && item["change"] is JsonObject change && Action(ActionsOf(change)) is { } action)
                yield return (item, action, change);
        }
    }

    private static string[] ActionsOf(JsonNode? change) => [.. (change?["actions"] as JsonArray ?? []).Select(a => a!.ToString())];

    private static PlanAction? Action(string[] actions) => actions switch
    {
        ["create"] => PlanAction.Create,
        ["update"] => PlanAction.Update,
        ["delete"] => PlanAction.Delete,
        // What is forgotten leaves Terraform's care and stands on: alone, or beside the one that is made in its place.
        ["forget"] => PlanAction.HandOver,
        ["create", "forget"] or ["forget", "create"] => PlanAction.Create,
        [_, _] => PlanAction.Replace,
        _ => null,
    };

    private static int Count(JsonNode? module) => module is null
        ? 0
        : (module["resources"] as JsonArray ?? []).Count(r => r?["mode"]?.ToString() == "managed") + (module["child_modules"] as JsonArray ?? []).Sum(Count);
}
