using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Catalog;

/// <summary>Reads an <c>entity.yaml</c>.</summary>
internal sealed class EntityReader(EntityFolder folder, FaultList faults)
{
    public EntityType? Read(YamlNode root, string hash)
    {
        if (root is not YamlMap map)
        {
            faults.Add(FaultCodes.WrongKind, root, $"An entity type is a map with apiVersion, kind, metadata and spec, not {root.Described}.");
            return null;
        }

        FileHead.Check(map, "EntityType", faults);
        var metadata = new YamlFields(YamlFields.AsMap(map["metadata"], "'metadata'", faults, map), "metadata", faults,
            ["name", "version", "title", "description", "category", "icon"]);
        var spec = new YamlFields(YamlFields.AsMap(map["spec"], "'spec'", faults, map), "spec", faults,
            ["config", "outputs", "protect", "implementations", "health", "operations"]);
        var name = FileHead.Name(metadata, faults);
        var version = metadata.Scalar("version", required: true);
        if (version is not null && !EntityVersion.TryParse(version.Value, out _))
            faults.Add(FaultCodes.BadVersion, version, $"'{version.Value}' is no version; write three numbers like 1.3.0.", field: "version");
        var type = new EntityType
        {
            Name = name ?? "",
            Version = version?.Value ?? "",
            Title = metadata.Text("title") ?? name ?? "",
            Description = metadata.Text("description") ?? "",
            Category = metadata.Text("category") ?? "other",
            Icon = metadata.Text("icon") ?? "",
            Hash = hash,
            Config = SchemaReader.Read(spec.Map["config"], faults, "config"),
            Outputs = SchemaReader.Read(spec.Map["outputs"], faults, "outputs"),
            Protect = spec.Flag("protect"),
            Health = HealthReader.Read(spec.Map["health"], faults),
            Operations = OperationReader.Read(spec.Child("operations"), faults),
        };
        if (spec.Map["health"] is { } health)
            TemplateCheck.Check(health, type, faults);
        TemplateCheck.CheckOperations(spec.Child("operations"), type, faults);
        return type with { Implementations = Implementations(spec, type) };
    }

    private List<Implementation> Implementations(YamlFields spec, EntityType type)
    {
        var implementations = new List<Implementation>();
        if (spec.Map["implementations"] is not YamlList list)
        {
            faults.Add(FaultCodes.MissingKey, spec.Map["implementations"] ?? spec.Map, "An entity type needs 'implementations', a list like [{ on: sandbox, simulated: {} }].", field: "implementations");
            return implementations;
        }

        var reader = new ImplementationReader(folder, type, faults);
        foreach (var item in list.Items)
        {
            if (reader.Read(item) is not { } implementation) continue;
            if (implementations.Any(i => i.On == implementation.On))
                faults.Add(FaultCodes.DuplicateName, item, $"There are two implementations on '{implementation.On}'; keep one.", field: "implementations");
            implementations.Add(implementation);
        }

        return implementations;
    }
}
