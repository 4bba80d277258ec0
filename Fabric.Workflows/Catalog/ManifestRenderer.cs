using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Catalog;

/// <summary>Makes Kubernetes objects of a type's manifests and an entity's configuration.</summary>
public static class ManifestRenderer
{
    /// <summary>Annotation: the wave an object is applied in; the next starts when this one is healthy. Without it: wave 0.</summary>
    public const string WaveAnnotation = "fabric.io/wave";

    /// <summary>Annotation: when the cluster does not know the kind, the object is left out with a note.</summary>
    public const string OptionalKindAnnotation = "fabric.io/optional-kind";

    /// <summary>Annotation on a pod template naming a ConfigMap or Secret of the same entity: becomes the hash of its data, so that pods restart when it changes and only then.</summary>
    public const string RestartOnAnnotation = "fabric.io/restart-on";

    // A file is parsed once, however many environments render it.
    private static readonly ConditionalWeakTable<ManifestFile, Parsed> Cache = [];

    private static readonly HashSet<string> ClusterScoped =
        ["Namespace", "ClusterRole", "ClusterRoleBinding", "PriorityClass", "StorageClass", "IngressClass", "CustomResourceDefinition", "PersistentVolume"];

    /// <summary>Renders everything; never throws for bad input.</summary>
    /// <param name="type">The entity's type.</param>
    /// <param name="impl">One of its implementations.</param>
    /// <param name="config">Resolved; secrets are references in it and stay so.</param>
    /// <param name="context">Where the entity is.</param>
    public static RenderResult Render(EntityType type, Implementation impl, JsonObject config, RenderContext context)
    {
        var objects = new List<JsonObject>();
        var errors = new List<BindingError>();
        foreach (var file in impl.Manifests ?? [])
        {
            var parsed = Cache.GetValue(file, f => Parsed.Of(f, type.Name));
            errors.AddRange(parsed.Errors);
            foreach (var template in parsed.Documents)
            {
                var result = TypeTemplates.Evaluate(template, type, config, context);
                errors.AddRange(result.Errors.Select(e => e with { Where = $"{file.Path}: {e.Where}" }));
                foreach (var value in result.Value is JsonArray many ? [.. many] : new[] { result.Value })
                    if (value is not null) Accept(value.DeepClone(), file, context, objects, errors);
            }
        }

        RestartHashes.Fill(objects);
        var outputs = TypeTemplates.Evaluate(impl.Outputs ?? [], type, config, context);
        errors.AddRange(outputs.Errors.Select(e => e with { Where = $"outputs: {e.Where}" }));
        return new RenderResult([.. objects.OrderBy(WaveOf)], outputs.Value as JsonObject ?? [],
            [.. objects.SelectMany(Bindings.Secrets).Distinct().Order(StringComparer.Ordinal)], errors);
    }

    /// <summary>The wave an object belongs to.</summary>
    public static int WaveOf(JsonObject manifest) =>
        int.TryParse(manifest["metadata"]?["annotations"]?[WaveAnnotation]?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var wave) ? wave : 0;

    private static void Accept(JsonNode value, ManifestFile file, RenderContext context, List<JsonObject> objects, List<BindingError> errors)
    {
        if (value is not JsonObject manifest || manifest["metadata"] is not JsonObject metadata
            || Text(manifest["apiVersion"]) is null || Text(manifest["kind"]) is not { } kind || Text(metadata["name"]) is null)
        {
            errors.Add(new BindingError(file.Path, "A manifest needs apiVersion, kind and metadata.name."));
            return;
        }

        if (!ClusterScoped.Contains(kind) && metadata["namespace"] is null) metadata["namespace"] = context.Namespace;
        if (metadata["labels"] is not JsonObject labels) metadata["labels"] = labels = [];
        labels["app.kubernetes.io/managed-by"] = "fabric";
        labels["fabric.io/environment"] = context.EnvironmentName;
        labels["fabric.io/node"] = context.Node;
        RefuseSecretsInClear(manifest, kind, file, errors);
        objects.Add(manifest);
    }

    // Only a Secret's stringData is sealed on its way; anywhere else the value would end up readable.
    private static void RefuseSecretsInClear(JsonObject manifest, string kind, ManifestFile file, List<BindingError> errors)
    {
        foreach (var reference in Bindings.References(manifest).Where(r => r.IsSecret))
        {
            if (kind != "Secret" || !reference.Where.StartsWith("stringData.", StringComparison.Ordinal))
                errors.Add(new BindingError($"{file.Path}: {reference.Where}", $"'{reference.Expression}' may stand only in the stringData of a Secret; let the workload read it from there."));
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue v && v.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private sealed record Parsed(IReadOnlyList<JsonNode?> Documents, IReadOnlyList<BindingError> Errors)
    {
        public static Parsed Of(ManifestFile file, string type)
        {
            var faults = new FaultList();
            var documents = YamlReader.ReadAll(file.Text, $"{type}/{file.Path}", faults) ?? [];
            return new Parsed([.. documents.Select(d => d.ToJson())], [.. faults.ToList().Select(f => new BindingError(f.File, f.Message))]);
        }
    }
}
