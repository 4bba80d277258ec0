using System.Text.Json.Nodes;
using Fabric.Workflows.Executors.Terraform.Log;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform.Plans;

/// <summary>Takes known secrets out of a plan: a secret that was put into a variable which its module does not call sensitive stands there in clear.</summary>
internal static class SecretMask
{
    /// <summary>The changes, without the texts of fields that hold a secret.</summary>
    public static IReadOnlyList<ResourceChange> Of(IReadOnlyList<ResourceChange> resources, IEnumerable<string> secrets)
    {
        var redactor = new Redactor(secrets);
        return [.. resources.Select(resource => resource with { Changes = [.. resource.Changes.Select(field => Masked(field, redactor))] })];
    }

    /// <summary>The verdicts, whose sentences may repeat a field.</summary>
    public static IReadOnlyList<PolicyVerdict> Of(IReadOnlyList<PolicyVerdict> verdicts, IEnumerable<string> secrets)
    {
        var redactor = new Redactor(secrets);
        return [.. verdicts.Select(verdict => verdict with { Message = redactor.Clean(verdict.Message) })];
    }

    private static FieldChange Masked(FieldChange field, Redactor redactor) =>
        Holds(field.Before, redactor) || Holds(field.After, redactor) ? field with { Before = null, After = null, Sensitive = true } : field;

    private static bool Holds(JsonNode? node, Redactor redactor) => node switch
    {
        JsonObject map => map.Any(entry => Holds(entry.Value, redactor)),
        JsonArray list => list.Any(item => Holds(item, redactor)),
        JsonValue value => value.ToString() is var text && redactor.Clean(text) != text,
        _ => false,
    };
}
