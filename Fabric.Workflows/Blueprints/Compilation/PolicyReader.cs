using Fabric.Workflows.Blueprints.Yaml;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Blueprints;

/// <summary>Reads the policies of a blueprint and compiles what they say, so that a mistyped rule cannot wait for the plan it should have stopped.</summary>
internal static class PolicyReader
{
    private static readonly Dictionary<string, PolicyEffect> Effects = new(StringComparer.Ordinal)
    {
        ["deny"] = PolicyEffect.Deny,
        ["askVendor"] = PolicyEffect.AskVendor,
        ["warn"] = PolicyEffect.Warn,
    };

    private static readonly string[] Keys = ["match", "require", "effect", "message"];

    /// <summary>The policies as written; null when there are none.</summary>
    public static IReadOnlyList<BlueprintPolicy>? Read(YamlMap policies, FaultList faults)
    {
        var read = policies.Entries.Select(entry => Read(entry, faults)).OfType<BlueprintPolicy>().ToList();
        return read.Count > 0 ? read : null;
    }

    private static BlueprintPolicy? Read(YamlEntry entry, FaultList faults)
    {
        if (!Slug.IsValid(entry.Name))
            faults.Add(FaultCodes.BadSlug, entry.Key, $"'{entry.Name}' is no name for a policy; {Slug.Rule}", field: "policies");
        if (entry.Value is not YamlMap map)
        {
            faults.Add(FaultCodes.WrongKind, entry.Value, $"The policy '{entry.Name}' must be a map with 'require', not {entry.Value.Described}.", field: entry.Name);
            return null;
        }

        var fields = new YamlFields(map, $"The policy '{entry.Name}'", faults, Keys);
        var (match, require) = (Expression(fields, "match", false, entry.Name, faults), Expression(fields, "require", true, entry.Name, faults));
        var effect = fields.Choice("effect", [.. Effects.Keys]) ?? "deny";
        return require is null ? null : new BlueprintPolicy { Name = entry.Name, Match = match, Require = require, Effect = Effects[effect], Message = fields.Text("message") };
    }

    private static string? Expression(YamlFields fields, string key, bool required, string policy, FaultList faults)
    {
        if (fields.Scalar(key, required) is not { } scalar)
            return null;
        if (PolicyExpression.Compile(scalar.Value).Fault is { } wrong)
            faults.Add(FaultCodes.BadPolicy, scalar, $"'{key}' of the policy '{policy}' is no expression. {wrong}", field: key);
        return scalar.Value;
    }
}
