using System.Text.Json.Nodes;

namespace Fabric.Workflows.Executors.Gates;

/// <summary>What a gate does to an entity.</summary>
/// <param name="Node">The entity's node.</param>
/// <param name="Operation">An operation of its type.</param>
public readonly record struct ActionGate(string Node, string Operation)
{
    /// <summary>Reads a gate's settings; null when they name no operation of an entity.</summary>
    public static ActionGate? Of(JsonObject? config) =>
        config?["node"] is JsonValue node && config["operation"] is JsonValue operation ? new ActionGate(node.ToString(), operation.ToString()) : null;
}
