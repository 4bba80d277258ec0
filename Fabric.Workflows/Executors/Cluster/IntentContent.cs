using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Cluster;

/// <summary>What an intent says, before it is addressed and signed.</summary>
/// <param name="Kind"><c>apply</c>, <c>remove</c> or <c>operation</c>.</param>
/// <param name="Payload">Namespace, objects, health rules and operation steps, as JSON.</param>
/// <param name="Hash">SHA-256 of the payload, hex.</param>
/// <param name="Problem">Why it cannot be rendered; null when it can.</param>
public sealed record IntentContent(string Kind, string Payload, string Hash, string? Problem)
{
    /// <summary>Kind of an intent that puts objects in place.</summary>
    public const string Apply = "apply";

    /// <summary>Kind of an intent that takes an entity's objects away.</summary>
    public const string Remove = "remove";

    /// <summary>Kind of an intent that does something to objects that stand.</summary>
    public const string OperationKind = "operation";

    /// <summary>The content of a step's intent.</summary>
    public static IntentContent Build(StepContext step, DateTimeOffset now)
    {
        var remove = step.Step.Action is PlanAction.Delete;
        var body = new JsonObject { ["namespace"] = StepInputs.NamespaceOf(step.Environment), ["objects"] = new JsonArray() };
        var problem = remove ? null : Fill(body, step, now);
        var text = CanonicalJson.Write(body);
        var kind = remove ? Remove : step.Operation is null ? Apply : OperationKind;
        return new IntentContent(kind, text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kind + text))), problem);
    }

    /// <summary>Puts in what the entity is to be, and what is to be done to it.</summary>
    /// <returns>Why it cannot be rendered; null when it can.</returns>
    private static string? Fill(JsonObject body, StepContext step, DateTimeOffset now)
    {
        var rendered = Render(step);
        if (rendered.Errors.Count > 0)
            return string.Join(' ', rendered.Errors.Select(error => error.Message));
        body["objects"] = new JsonArray([.. rendered.Objects.Select(o => (JsonNode)o.DeepClone())]);
        var content = new OperationContent(step.Type!, step.Config ?? [], ContextOf(step), rendered.Objects, now);
        if (step.Type!.Health is { Count: > 0 } health)
            body["health"] = content.Health(health);
        if (step.Operation is { } name && step.Type.Operations.TryGetValue(name, out var operation))
            body["operation"] = content.Operation(operation);
        return content.Problems.Count > 0 ? string.Join(' ', content.Problems) : null;
    }

    /// <summary>The step's manifests and outputs.</summary>
    public static RenderResult Render(StepContext step) => ManifestRenderer.Render(
        step.Type!,
        step.Implementation!,
        step.Config ?? [],
        ContextOf(step));

    /// <summary>What the type's templates may know.</summary>
    public static RenderContext ContextOf(StepContext step) => new(
        step.Environment.Id.ToString(),
        step.Environment.Name,
        StepInputs.NamespaceOf(step.Environment),
        step.Environment.Tenant,
        step.Step.Node,
        step.Environment.Cloud,
        step.Environment.Region);
}
