using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Catalog;

/// <summary>Reads the health rules of a type.</summary>
internal static class HealthReader
{
    private const string Form = "Health is a list like [{ target: { kind: Certificate }, condition: Ready }, { target: { kind: Cluster }, path: status.phase, value: Up }].";

    public static IReadOnlyList<HealthCheck> Read(YamlNode? health, FaultList faults)
    {
        if (health is null or YamlScalar { IsNull: true })
            return [];
        if (health is YamlList list)
            return [.. list.Items.Select(item => Rule(item, faults)).OfType<HealthCheck>()];
        faults.Add(FaultCodes.WrongKind, health, $"'health' must be a list, not {health.Described}. {Form}", field: "health");
        return [];
    }

    private static HealthCheck? Rule(YamlNode node, FaultList faults)
    {
        var fields = new YamlFields(YamlFields.AsMap(node, "A health rule", faults, node), "A health rule", faults, ["target", "condition", "status", "path", "value"]);
        var target = new YamlFields(fields.Child("target"), "A target", faults, ["apiVersion", "kind", "name"]);
        var (condition, path, value) = (fields.Text("condition"), fields.Text("path"), fields.Text("value"));
        if (target.Text("kind") is null)
            faults.Add(FaultCodes.MissingKey, node, $"A health rule needs a target with a kind. {Form}", field: "target");
        else if (condition is null == path is null || (path is null) != (value is null))
            faults.Add(FaultCodes.MissingKey, node, $"A health rule is a condition, or a path with its value. {Form}", field: "condition");
        else
            return new HealthCheck(target.Map.ToJson(), condition, fields.Choice("status", ["True", "False", "Unknown"]) ?? "True", path, value);
        return null;
    }
}
