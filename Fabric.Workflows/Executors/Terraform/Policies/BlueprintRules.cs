using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Policies;

/// <summary>Holds a plan against the policies of its blueprint. A rule that cannot be answered counts as broken: what nobody could check is not let through.</summary>
internal static class BlueprintRules
{
    /// <summary>What the policies say of a plan, in their order.</summary>
    public static IEnumerable<PolicyVerdict> Check(StepContext step, IReadOnlyList<PlannedResource> resources)
    {
        if (step.Policies.Count == 0)
            return [];
        var around = Around(step);
        var seen = resources.Select(resource => (Resource: resource, Values: new Dictionary<string, object?>(around, StringComparer.Ordinal) { ["resource"] = Seen(resource) })).ToList();
        return step.Policies.SelectMany(policy => Check(policy, seen));
    }

    private static IEnumerable<PolicyVerdict> Check(BlueprintPolicy policy, List<(PlannedResource Resource, Dictionary<string, object?> Values)> resources)
    {
        var match = policy.Match is null ? default : PolicyExpression.Compile(policy.Match);
        var require = PolicyExpression.Compile(policy.Require);
        if ((match.Fault ?? require.Fault) is { } wrong)
            return resources.Count == 0 ? [] : [new PolicyVerdict(policy.Name, PolicyEffect.Deny, "", $"The policy cannot be read: {wrong}")];
        return resources.Select(item => Verdict(policy, match.Expression, require.Expression!, item.Resource, item.Values)).OfType<PolicyVerdict>();
    }

    private static PolicyVerdict? Verdict(BlueprintPolicy policy, PolicyExpression? match, PolicyExpression require, PlannedResource resource, Dictionary<string, object?> values)
    {
        (bool Holds, string? Fault) picked = match?.Evaluate(values) ?? (true, null);
        if (picked is (false, null))
            return null;
        (bool Holds, string? Fault) answer = picked.Fault is null ? require.Evaluate(values) : (false, picked.Fault);
        if (answer.Holds)
            return null;
        var why = answer.Fault is { } fault ? $"The rule could not be answered for {resource.Address}: {fault}" : $"{resource.Address} does not satisfy {policy.Require}.";
        return new PolicyVerdict(policy.Name, policy.Effect, resource.Address, policy.Message is { Length: > 0 } message ? $"{message} {why}" : why);
    }

    private static Dictionary<string, object?> Around(StepContext step) => new(StringComparer.Ordinal)
    {
        ["entity"] = new Dictionary<string, object?>
        {
            ["node"] = step.Step.Node,
            ["type"] = step.Type?.Ref.Name,
            ["version"] = step.Type?.Ref.Version,
            ["protect"] = step.Step.Protect,
            ["config"] = Plain(step.Config) ?? new Dictionary<string, object?>(),
        },
        ["environment"] = new Dictionary<string, object?>
        {
            ["name"] = step.Environment.Name,
            ["tenant"] = step.Environment.Tenant,
            ["cloud"] = step.Environment.Cloud,
            ["region"] = step.Environment.Region,
        },
        ["run"] = new Dictionary<string, object?> { ["kind"] = JsonNamingPolicy.CamelCase.ConvertName(step.Run.Kind.ToString()) },
    };

    private static Dictionary<string, object?> Seen(PlannedResource resource) => new()
    {
        ["address"] = resource.Address,
        ["type"] = resource.Type,
        ["action"] = JsonNamingPolicy.CamelCase.ConvertName(resource.Action.ToString()),
        ["before"] = Plain(resource.Before),
        ["after"] = Plain(resource.After),
        ["unknown"] = resource.Unknown.Cast<object?>().ToList(),
    };

    private static object? Plain(JsonNode? value) => value switch
    {
        null => null,
        JsonObject map => map.ToDictionary(entry => entry.Key, entry => Plain(entry.Value)),
        JsonArray list => list.Select(Plain).ToList(),
        JsonValue leaf when leaf.TryGetValue(out bool flag) => flag,
        JsonValue leaf when leaf.TryGetValue(out long whole) => whole,
        JsonValue leaf when leaf.TryGetValue(out double number) => number,
        _ => value.ToString(),
    };
}
