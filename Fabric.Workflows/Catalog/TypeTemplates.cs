using System.Globalization;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;

namespace Fabric.Workflows.Catalog;

/// <summary>Evaluates a type's own templates: outputs, simulated or real, and manifests.</summary>
public static class TypeTemplates
{
    /// <summary>Evaluates on <c>config</c>, <c>env</c> and <c>entity</c>.</summary>
    /// <param name="template">Not changed.</param>
    /// <param name="type">The type; its defaults fill what <paramref name="config"/> does not say.</param>
    /// <param name="config">Resolved configuration; where it refers to secrets, that is by leave of the configuration.</param>
    /// <param name="context">Where the entity is.</param>
    /// <param name="now">What <c>${now}</c> is, in operations; null where there is none.</param>
    public static BindingResult Evaluate(JsonNode? template, EntityType type, JsonObject config, RenderContext context, DateTimeOffset? now = null)
    {
        var settings = SchemaCheck.WithDefaults(config, type.Config);
        return Bindings.Resolve(template, (root, path) => root switch
        {
            "config" => Lookup.Into(settings, path, mayReferToSecrets: true),
            "now" when now is { } moment && path.Length == 0 => Lookup.Found(moment.ToString("O", CultureInfo.InvariantCulture)),
            "env" => context.Environment(path),
            "entity" => Lookup.Into(new JsonObject { ["name"] = context.Node, ["type"] = type.Name, ["version"] = type.Version }, path),
            _ => Lookup.Missing("a type's own templates know config, env, entity and secret"),
        });
    }
}
