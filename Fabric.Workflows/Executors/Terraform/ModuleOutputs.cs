using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog.Modules;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>A module's outputs as the type declares them. A sensitive one becomes a secret of the environment, and the entity refers to it.</summary>
internal static class ModuleOutputs
{
    /// <summary>The name of the secret that holds a sensitive output.</summary>
    private static string SecretOf(string node, string property) => StepInputs.SecretPrefixOf(node) + property;

    /// <summary>Outputs in the state's text; null when there is no state.</summary>
    private static Dictionary<string, (JsonNode? Value, bool Sensitive)> InState(byte[]? state) => state is null || JsonNode.Parse(state)?["outputs"] is not JsonObject outputs
        ? []
        : outputs.ToDictionary(o => o.Key, o => (o.Value?["value"]?.DeepClone(), o.Value?["sensitive"]?.GetValueKind() is JsonValueKind.True), StringComparer.Ordinal);

    /// <summary>Outputs that stand in an entity's state, by the type's own names; what is sensitive is put where secrets belong.</summary>
    public static async Task<JsonObject> StandingAsync(StepContext step, Workshop shop, CancellationToken ct)
    {
        var outputs = InState(await shop.States.ReadAsync(step.Entity!.Id, ct));
        await KeepSecretsAsync(step, outputs, new SecretStore(shop.Cell, shop.Time), ct);
        return Open(step, outputs);
    }

    /// <summary>What the outputs in an entity's state lack of those that its type promises, with no value of them; null when they are as promised.</summary>
    public static async Task<string?> BrokenAsync(StepContext step, Workshop shop, CancellationToken ct)
    {
        var given = InState(await shop.States.ReadAsync(step.Entity!.Id, ct));
        var schema = step.Type?.Outputs ?? [];
        var required = (schema["required"] as JsonArray ?? []).Select(name => name!.ToString()).ToHashSet(StringComparer.Ordinal);
        var broken = (schema["properties"] as JsonObject ?? []).SelectMany(property => Broken(property.Key, property.Value as JsonObject ?? [], required.Contains(property.Key), given)).ToList();
        return broken.Count == 0 ? null : $"Terraform has done its work, and the module of {step.Type!.Name} {step.Type.Version} on {step.Implementation?.On} does not give the outputs that its type promises: {string.Join("; ", broken.Take(5))}. Correct the module's outputs or the type's schema in a new version.";
    }

    private static IEnumerable<string> Broken(string property, JsonObject schema, bool isRequired, Dictionary<string, (JsonNode? Value, bool Sensitive)> given)
    {
        var name = TerraformModule.SnakeCase(property);
        if (given.GetValueOrDefault(name).Value is not { } value)
            return isRequired ? [$"output \"{name}\" must be {SchemaTypes.Describe(SchemaTypes.Of(schema))} and has no value"] : [];
        // The issues' own sentences hold values; where and of which kind is enough.
        return from issue in SchemaCheck.Validate(Given(value)!, schema)
               where issue.Problem is SchemaProblem.Missing or SchemaProblem.WrongType
               let path = issue.Path.Split('.', StringSplitOptions.RemoveEmptyEntries)
               let wanted = SchemaTypes.Describe(SchemaTypes.At(schema, path) is { } part ? SchemaTypes.Of(part) : [])
               let found = issue.Problem is SchemaProblem.Missing ? "is not there" : $"is {SchemaTypes.Describe([SchemaTypes.Of(At(value, path))])}"
               select $"output \"{string.Join('.', path.Prepend(name))}\" must be {wanted} and {found}";
    }

    /// <summary>Terraform writes what an object leaves out as null.</summary>
    private static JsonNode? Given(JsonNode? value) => value switch
    {
        JsonObject map => new JsonObject(map.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, Given(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Given)]),
        _ => value?.DeepClone(),
    };

    private static JsonNode? At(JsonNode? value, IEnumerable<string> path) =>
        path.Aggregate(value, (at, step) => at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : (at as JsonObject)?[step]);

    /// <summary>Outputs by the type's own names, sensitive ones as references.</summary>
    private static JsonObject Open(StepContext step, Dictionary<string, (JsonNode? Value, bool Sensitive)> given)
    {
        var outputs = new JsonObject();
        foreach (var (property, _) in step.Type?.Outputs["properties"] as JsonObject ?? [])
        {
            if (given.TryGetValue(TerraformModule.SnakeCase(property), out var output) && output.Value is { } value)
                outputs[property] = output.Sensitive ? JsonValue.Create($"${{secret.{SecretOf(step.Step.Node, property)}}}") : value.DeepClone();
        }

        return outputs;
    }

    /// <summary>Puts sensitive outputs where secrets belong.</summary>
    private static async Task KeepSecretsAsync(StepContext step, Dictionary<string, (JsonNode? Value, bool Sensitive)> given, SecretStore store, CancellationToken ct)
    {
        foreach (var (property, _) in step.Type?.Outputs["properties"] as JsonObject ?? [])
        {
            if (!given.TryGetValue(TerraformModule.SnakeCase(property), out var output) || output is not { Sensitive: true, Value: { } value })
                continue;
            var text = value is JsonValue scalar && scalar.TryGetValue(out string? plain) ? plain : value.ToJsonString();
            var name = SecretOf(step.Step.Node, property);
            if (await store.GetAsync(Actor.System, step.Environment.Tenant, step.Environment.Id, name, $"output of {step.Step.Node}, to see whether it changed", ct) != text)
                await store.PutAsync(Actor.System, step.Environment.Tenant, step.Environment.Id, name, text, ct);
        }
    }
}
