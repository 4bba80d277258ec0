using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Executors.Cluster;

/// <summary>An operation and the health rules of a type as an intent says them: templates resolved, in the words of the agent's protocol.</summary>
internal sealed class OperationContent(EntityType type, JsonObject config, RenderContext context, IReadOnlyList<JsonObject> objects, DateTimeOffset now)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);
    private readonly List<string> problems = [];

    /// <summary>Sentences; with any of them the rest is not to be used.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>The operation.</summary>
    public JsonObject Operation(Operation operation) => new()
    {
        ["name"] = operation.Name,
        ["steps"] = new JsonArray([.. operation.Steps.Select((step, i) => (JsonNode)Step(step, $"Step {i + 1} of operation {operation.Name}"))]),
    };

    /// <summary>The health rules.</summary>
    public JsonArray Health(IReadOnlyList<HealthCheck> rules) => [.. rules.Select((rule, i) => (JsonNode)Rule(rule, $"Health rule {i + 1}"))];

    private JsonObject Rule(HealthCheck rule, string what)
    {
        var result = new JsonObject { ["target"] = Target(rule.Target, what), ["conditionStatus"] = rule.Status };
        if (rule.Condition is not null)
            result["condition"] = rule.Condition;
        if (rule.Path is not null)
            (result["path"], result["value"]) = (rule.Path, Evaluate(rule.Value, what)?.ToString() ?? "");
        return result;
    }

    private JsonObject Step(OperationStep step, string what)
    {
        var timeout = step.Timeout ?? DefaultTimeout;
        var result = new JsonObject();
        switch (step)
        {
            case PatchStep patch:
                (result["type"], result["target"], result["patch"], result["patchType"]) = ("patch", Target(patch.Target, what), Evaluate(patch.Patch, what), "merge");
                break;
            case JobStep job:
                (result["type"], result["job"]) = ("job", Job(job.Job, what));
                break;
            case WaitStep { Duration: { } duration }:
                (result["type"], result["waitSeconds"]) = ("wait", (int)Math.Ceiling(duration.TotalSeconds));
                timeout = step.Timeout ?? duration + DefaultTimeout;
                break;
            default:
                result["type"] = "wait";
                break;
        }

        result["timeoutSeconds"] = Math.Max(1, (int)timeout.TotalSeconds);
        return result;
    }

    private JsonObject? Target(JsonObject template, string what)
    {
        if (Evaluate(template, what) is not JsonObject target)
            return null;
        var (resolved, problem) = ObjectTarget.Resolve(target, objects, what);
        if (problem is not null)
            problems.Add(problem);
        return resolved;
    }

    private JsonObject? Job(JsonObject template, string what)
    {
        if (Evaluate(template, what) is not JsonObject job)
            return null;
        if (job["metadata"]?["name"] is null)
            problems.Add($"{what} is a job without metadata.name.");
        (job["apiVersion"], job["kind"]) = ("batch/v1", "Job");
        return job;
    }

    private JsonNode? Evaluate(JsonNode? template, string what)
    {
        var result = TypeTemplates.Evaluate(template, type, config, context, now);
        problems.AddRange(result.Errors.Select(error => $"{what}: {error.Message}"));
        if (Bindings.Secrets(result.Value) is { Count: > 0 } secrets)
            problems.Add($"{what} names the secret {secrets[0]} in clear; let the workload read it from a Secret of the type.");
        return result.Value?.DeepClone();
    }
}
