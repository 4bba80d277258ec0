using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Storage;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Terraform;

/// <summary>Plans as <c>terraform show -json</c> tells them, and the steps they are for.</summary>
internal static class PlanText
{
    /// <summary>A resource <c>TYPE.it</c> that is made with these values.</summary>
    public static JsonObject Created(string type, string after, string unknown = "{}", string sensitive = "{}") => Changed(type, ["create"], "null", after, unknown, sensitive);

    /// <summary>A resource <c>TYPE.it</c> that changes.</summary>
    public static JsonObject Changed(string type, string[] actions, string before, string after, string unknown = "{}", string sensitive = "{}") => new()
    {
        ["address"] = $"{type}.it",
        ["mode"] = "managed",
        ["type"] = type,
        ["name"] = "it",
        ["change"] = new JsonObject
        {
            ["actions"] = new JsonArray([.. actions.Select(action => JsonValue.Create(action))]),
            ["before"] = JsonNode.Parse(before),
            ["after"] = JsonNode.Parse(after),
            ["after_unknown"] = JsonNode.Parse(unknown),
            ["before_sensitive"] = new JsonObject(),
            ["after_sensitive"] = JsonNode.Parse(sensitive),
        },
    };

    /// <summary>The plan of such changes.</summary>
    /// <param name="expressions">What the module gives each resource; null where the plan does not tell.</param>
    /// <param name="changes">The changes.</param>
    public static PlanReader Read(string? expressions, params JsonObject[] changes) => ReadWith([], expressions, changes);

    /// <summary>The plan of such changes, with what else it says.</summary>
    public static PlanReader ReadWith(JsonObject more, string? expressions, params JsonObject[] changes)
    {
        var plan = new JsonObject { ["resource_changes"] = new JsonArray([.. changes.Select(change => (JsonNode)change)]) };
        if (expressions is not null)
            plan["configuration"] = new JsonObject { ["root_module"] = new JsonObject { ["resources"] = new JsonArray([.. changes.Select(change => Given(change, expressions))]) } };
        Merge(plan, more);
        if (more["configuration"]?["provider_config"] is JsonObject blocks)
        {
            foreach (var resource in plan["configuration"]!["root_module"]!["resources"]!.AsArray())
                resource!["provider_config_key"] = blocks.Single().Key;
        }

        return PlanReader.Read(Encoding.UTF8.GetBytes(plan.ToJsonString()));
    }

    /// <summary>A step whose configuration is known, in the region <c>eu-central-1</c>.</summary>
    public static StepContext Step(RunKind kind = RunKind.Apply)
    {
        var environment = Rows.Environment() with { Region = "eu-central-1" };
        var run = Rows.Run(environment.Id) with { Kind = kind };
        return new StepContext { Environment = environment, Run = run, Step = Rows.Step(environment.Id, run.Id) with { Protect = false }, Config = [] };
    }

    private static void Merge(JsonObject into, JsonObject more)
    {
        foreach (var (key, value) in more)
        {
            if (into[key] is JsonObject inner && value is JsonObject part)
                Merge(inner, part);
            else
                into[key] = value?.DeepClone();
        }
    }

    private static JsonObject Given(JsonObject change, string expressions) => new()
    {
        ["address"] = change["address"]!.DeepClone(),
        ["mode"] = "managed",
        ["type"] = change["type"]!.DeepClone(),
        ["name"] = "it",
        ["expressions"] = JsonNode.Parse(expressions),
    };
}
