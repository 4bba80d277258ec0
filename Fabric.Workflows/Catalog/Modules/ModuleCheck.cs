using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Catalog.Modules;

/// <summary>Whether a module's variables and outputs are those of its type's schemas.</summary>
internal static class ModuleCheck
{
    public static void Check(TerraformModule module, EntityType type, YamlScalar at, FaultList faults)
    {
        void Add(string message, string field) => faults.Add(FaultCodes.BadModule, at, $"Module '{at.Value}': {message}", field: field);

        var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (property, schema) in (type.Config["properties"] as JsonObject ?? []).Select(p => (p.Key, p.Value as JsonObject ?? [])))
        {
            var name = TerraformModule.SnakeCase(property);
            if (!wanted.TryAdd(name, property))
                Add($"config '{wanted[name]}' and '{property}' would both be the variable \"{name}\"; call one of them otherwise.", property);
            else if (TerraformModule.Reserved.Contains(name))
                Add($"config '{property}' would be the variable \"{name}\", and Terraform keeps that name for itself; call the property otherwise.", property);
            else if (name.StartsWith(TerraformModule.OwnPrefix, StringComparison.Ordinal))
                Add($"config '{property}' would be the variable \"{name}\", and Fabric keeps names with {TerraformModule.OwnPrefix} for its own; call the property otherwise.", property);
            else if (module.Variables.FirstOrDefault(v => v.Name == name) is not { } variable)
                Add($"it declares no variable \"{name}\", and the type's config has '{property}'. {Suggestion.For(name, module.Variables.Select(v => v.Name))}".TrimEnd(), property);
            else if (Mismatch(schema, variable.Type) is { } mismatch)
                Add($"variable \"{name}\" is {variable.Type}; config '{property}' {mismatch}.", property);
            else if (!variable.Sensitive && schema["x-secret"] is JsonValue flag && flag.TryGetValue(out bool secret) && secret)
                Add($"config '{property}' is secret; mark variable \"{name}\" as sensitive, or its value shows in plans.", property);
        }

        foreach (var variable in module.Variables.Where(v => !wanted.ContainsKey(v.Name)))
        {
            if (variable.Name.StartsWith(TerraformModule.OwnPrefix, StringComparison.Ordinal))
            {
                if (!TerraformModule.OwnVariables.Contains(variable.Name))
                    Add($"Fabric fills in no variable \"{variable.Name}\". {Suggestion.For(variable.Name, TerraformModule.OwnVariables)}", variable.Name);
            }
            else if (variable.Required)
            {
                Add($"variable \"{variable.Name}\" has no default, and the type's config has no property for it.", variable.Name);
            }
        }

        var given = module.Outputs.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var property in (type.Outputs["required"] as JsonArray ?? []).Select(r => r!.ToString()).Where(p => !given.Contains(TerraformModule.SnakeCase(p))))
            Add($"it has no output \"{TerraformModule.SnakeCase(property)}\", and the type promises '{property}'. {Suggestion.For(TerraformModule.SnakeCase(property), given)}".TrimEnd(), property);
    }

    private static string? Mismatch(JsonObject schema, string type)
    {
        var head = type.Split('(')[0].Trim();
        if (head is "" or "any" || SchemaTypes.Of(schema) is not { Count: > 0 } wanted)
            return null;
        string[] fitting = head switch
        {
            "string" => ["string"],
            "number" => ["integer", "number"],
            "bool" => ["boolean"],
            "list" or "set" or "tuple" => ["array"],
            "map" or "object" => ["object"],
            _ => [],
        };
        return wanted.All(w => w == "null") || wanted.Any(fitting.Contains) ? null : $"is {SchemaTypes.Describe(wanted)}";
    }
}
