using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Catalog;

/// <summary>Checks the references in a type's own templates, so that a mistyped setting shows when the type is loaded and not in a customer's cluster.</summary>
internal static class TemplateCheck
{
    /// <summary>What templates know of the environment.</summary>
    public static readonly string[] Environment = ["id", "name", "namespace", "tenant", "cloud", "region"];

    /// <summary>What templates know of the entity.</summary>
    public static readonly string[] Entity = ["name", "type", "version"];

    public static void Check(YamlNode template, EntityType type, FaultList faults) =>
        Check(template, type, faults, ImmutableHashSet<string>.Empty);

    /// <summary>Operations also know <c>now</c>.</summary>
    public static void CheckOperations(YamlNode operations, EntityType type, FaultList faults) =>
        Check(operations, type, faults, ["now"]);

    private static void Check(YamlNode template, EntityType type, FaultList faults, ImmutableHashSet<string> locals)
    {
        switch (template)
        {
            case YamlMap map:
                if (map["$each"] is not null) locals = locals.Add((map["$as"] as YamlScalar)?.Value ?? "item");
                foreach (var entry in map.Entries) Check(entry.Value, type, faults, locals);
                break;
            case YamlList list:
                foreach (var item in list.Items) Check(item, type, faults, locals);
                break;
            case YamlScalar scalar when scalar.Value.Contains("${", StringComparison.Ordinal):
                var text = BindingText.Parse(scalar.Value);
                foreach (var error in text.Errors) faults.Add(FaultCodes.BadBinding, scalar, error);
                foreach (var reference in text.Pieces.Select(p => p.Reference).OfType<BindingRef>().Where(r => !locals.Contains(r.Root)))
                    if (Wrong(reference, type.Config) is { } why) faults.Add(FaultCodes.UnknownBinding, scalar, why);
                break;
        }
    }

    private static string? Wrong(BindingRef reference, JsonObject config) => reference.Root switch
    {
        "secret" => reference.Path.Count == 0 ? "A secret needs a name: write ${secret.name}." : null,
        "env" => Known(reference, Environment),
        "entity" => Known(reference, Entity),
        "config" when reference.Path.Count > 0 && SchemaTypes.At(config, reference.Path) is null =>
            $"The type has no setting '{string.Join('.', reference.Path)}'. {Suggestion.For(reference.Path[0], (config["properties"] as JsonObject ?? []).Select(p => p.Key))}",
        "config" => null,
        _ => $"'{reference.Root}' is unknown here; a type's own templates know config, env, entity and secret.",
    };

    private static string? Known(BindingRef reference, string[] known) =>
        reference.Path.Count == 1 && known.Contains(reference.Path[0])
            ? null
            : $"'{reference.Expression}' is unknown. {Suggestion.For(reference.Path.Count == 0 ? "" : reference.Path[0], known)}";
}
