using System.Text.Json.Nodes;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>A resource that a plan changes, whole, as rules see it. It lives as long as the rules are asked and is kept nowhere.</summary>
/// <param name="Address">Such as <c>aws_subnet.private[0]</c>.</param>
/// <param name="Type">Such as <c>aws_subnet</c>.</param>
/// <param name="Action">What is done.</param>
/// <param name="Before">Its attributes as they stand; null when it is made. What is sensitive is left out.</param>
/// <param name="After">Its attributes afterwards; null when it goes. What is sensitive, and what is known only after apply, is left out.</param>
/// <param name="Unknown">Attributes known only after apply.</param>
public sealed record PlannedResource(string Address, string Type, PlanAction Action, JsonObject? Before, JsonObject? After, IReadOnlyList<string> Unknown)
{
    /// <summary>The change as Terraform tells it, with what is sensitive: for Fabric's own rules, which say nothing of it.</summary>
    internal JsonObject Change { get; private init; } = [];

    /// <summary>Whether what stands is left standing, in nobody's care.</summary>
    internal bool IsForgotten => (Change["actions"] as JsonArray ?? []).Any(action => action?.ToString() == "forget");

    /// <summary>Whether it is replaced because its making was cut off.</summary>
    internal bool IsTainted { get; private init; }

    /// <summary>Its arguments as the module gives them; null when the plan does not tell.</summary>
    internal JsonObject? Given { get; private init; }

    /// <summary>Where its provider block puts it unless it says itself where it lies.</summary>
    internal IReadOnlyList<ProviderPlace> ProviderPlaces { get; private init; } = [];

    /// <summary>Reads one entry of a plan's <c>resource_changes</c>.</summary>
    internal static PlannedResource Of(JsonObject resource, PlanAction action, JsonObject change, JsonObject? given, IReadOnlyList<ProviderPlace> places) => new(
        resource["address"]!.ToString(),
        resource["type"]!.ToString(),
        action,
        Without(change["before"], change["before_sensitive"]) as JsonObject,
        Without(Without(change["after"], change["after_sensitive"]), change["after_unknown"]) as JsonObject,
        [.. (change["after_unknown"] as JsonObject ?? []).Where(attribute => IsHidden(attribute.Value)).Select(attribute => attribute.Key)])
    {
        Change = change,
        Given = given,
        ProviderPlaces = places,
        IsTainted = resource["action_reason"]?.ToString() == "replace_because_tainted",
    };

    /// <summary>A copy without what a mask marks. A list goes as a whole when one of its elements is marked: what is left of it would pass for all of it.</summary>
    private static JsonNode? Without(JsonNode? value, JsonNode? mask) => (value, mask) switch
    {
        (_, JsonValue marked) when IsMarked(marked) => null,
        (JsonObject map, JsonObject part) => new JsonObject(map.Where(entry => !IsHidden(part[entry.Key])).Select(entry => KeyValuePair.Create(entry.Key, Without(entry.Value, part[entry.Key])))),
        (JsonArray list, JsonArray part) => new JsonArray([.. list.Select((item, i) => Without(item, i < part.Count ? part[i] : null))]),
        _ => value?.DeepClone(),
    };

    private static bool IsHidden(JsonNode? mask) => IsMarked(mask) || (mask is JsonArray list && list.Any(IsHidden));

    private static bool IsMarked(JsonNode? mask) => mask is JsonValue value && value.TryGetValue(out bool set) && set;
}
