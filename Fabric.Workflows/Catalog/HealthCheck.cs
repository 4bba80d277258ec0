using System.Text.Json.Nodes;

namespace Fabric.Workflows.Catalog;

/// <summary>What must hold of an object beyond the built-in rules, before the entity counts as healthy: a status condition, or a value at a path.</summary>
/// <param name="Target">kind, and name and apiVersion where needed, of the entity's own objects; may hold templates.</param>
/// <param name="Condition">Type of a status condition, such as <c>Ready</c>; null when <paramref name="Path"/> says what is looked at.</param>
/// <param name="Status">Status the condition must have.</param>
/// <param name="Path">Dotted path, such as <c>status.phase</c>.</param>
/// <param name="Value">Text the value at the path must have; may hold templates.</param>
public sealed record HealthCheck(JsonObject Target, string? Condition, string Status, string? Path, string? Value);
