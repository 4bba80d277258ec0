using System.Text.Json.Nodes;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile.Health;

/// <summary>Health of one object with the sentence for people.</summary>
internal readonly record struct ObjectState(ObjectHealth Health, string? Message = null)
{
    public static ObjectState Healthy => new(ObjectHealth.Healthy);

    public static ObjectState Progressing(string message) => new(ObjectHealth.Progressing, message);

    public static ObjectState Degraded(string message) => new(ObjectHealth.Degraded, message);
}

/// <summary>Reading of Kubernetes JSON.</summary>
internal static class Kube
{
    public static long Number(JsonNode? node, long otherwise = 0) =>
        node is JsonValue value && value.TryGetValue<long>(out var n) ? n : otherwise;

    public static string Text(JsonNode? node) => node is JsonValue value ? value.ToString() : "";

    /// <summary>The status condition of a type.</summary>
    public static JsonNode? Condition(JsonObject live, string type) =>
        (live["status"]?["conditions"] as JsonArray)?.FirstOrDefault(c => Text(c?["type"]) == type);

    /// <summary>The value at a dotted path, or null. Numbers index lists.</summary>
    public static JsonNode? At(JsonNode? node, string path)
    {
        foreach (var part in path.Split('.'))
        {
            node = node switch
            {
                JsonObject map => map[part],
                JsonArray list when int.TryParse(part, out var i) && i >= 0 && i < list.Count => list[i],
                _ => null,
            };
        }

        return node;
    }
}
