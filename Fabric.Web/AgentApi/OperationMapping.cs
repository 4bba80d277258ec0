using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Protocol.Intents;

namespace Fabric.Web.AgentApi;

/// <summary>The catalog's operation, as it lies in a stored intent, in the protocol's words.</summary>
internal static class OperationMapping
{
    private const int DefaultTimeout = 600;

    public static OperationSpec Map(JsonElement stored) => new()
    {
        Name = Text(stored, "Name"),
        Steps = [.. Member(stored, "Steps").EnumerateArray().Select(Step)],
    };

    private static OperationStep Step(JsonElement step)
    {
        var timeout = Seconds(step);
        if (TryMember(step, "Patch", out var patch))
            return new OperationStep { Type = OperationStepType.Patch, Target = Target(Member(step, "Target")), Patch = patch.Clone(), PatchType = PatchType.Merge, TimeoutSeconds = timeout };
        return TryMember(step, "Job", out var job)
            ? new OperationStep { Type = OperationStepType.Job, Job = job.Clone(), TimeoutSeconds = timeout }
            : new OperationStep { Type = OperationStepType.Wait, TimeoutSeconds = timeout };
    }

    private static ObjectRef Target(JsonElement target)
    {
        var node = JsonNode.Parse(target.GetRawText())!.AsObject();
        return new ObjectRef
        {
            ApiVersion = node["apiVersion"]?.ToString() ?? "apps/v1",
            Kind = node["kind"]?.ToString() ?? "",
            Name = node["name"]?.ToString(),
        };
    }

    private static int Seconds(JsonElement step) =>
        TryMember(step, "Timeout", out var timeout) && timeout.ValueKind is JsonValueKind.String && TimeSpan.TryParse(timeout.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var span)
            ? (int)span.TotalSeconds
            : DefaultTimeout;

    private static string Text(JsonElement element, string name) => Member(element, name).GetString() ?? "";

    private static JsonElement Member(JsonElement element, string name) =>
        TryMember(element, name, out var found) ? found : throw new InvalidOperationException($"The stored operation has no {name}.");

    private static bool TryMember(JsonElement element, string name, out JsonElement found)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase) || property.Value.ValueKind is JsonValueKind.Null)
                continue;
            found = property.Value;
            return true;
        }

        found = default;
        return false;
    }
}
