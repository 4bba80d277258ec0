using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>What every file a vendor writes starts with.</summary>
internal static class FileHead
{
    public const string ApiVersion = "fabric/v1";

    public static void Check(YamlMap root, string kind, FaultList faults)
    {
        var fields = new YamlFields(root, kind, faults, ["apiVersion", "kind", "metadata", "spec"]);
        // A derived blueprint is often three lines long; it may leave apiVersion out.
        fields.Choice("apiVersion", [ApiVersion]);
        fields.Choice("kind", [kind], required: true);
        foreach (var part in (string[])["metadata", "spec"])
            if (root[part] is null) faults.Add(FaultCodes.MissingKey, root, $"{kind} needs '{part}'.", field: part);
    }

    public static string? Name(YamlFields metadata, FaultList faults)
    {
        if (metadata.Scalar("name", required: true) is not { } name) return null;
        if (!Slug.IsValid(name.Value)) faults.Add(FaultCodes.BadSlug, name, $"'{name.Value}' is no name: it must be {Slug.Rule}.", field: "name");
        return name.Value;
    }
}
