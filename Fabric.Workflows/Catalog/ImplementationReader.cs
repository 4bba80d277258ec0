using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Yaml;
using Fabric.Workflows.Catalog.Modules;

namespace Fabric.Workflows.Catalog;

/// <summary>Reads one implementation of a type and checks its templates against the type's schemas.</summary>
internal sealed class ImplementationReader(EntityFolder folder, EntityType type, FaultList faults)
{
    private static readonly string[] Places = ["sandbox", "aws", "azure", "google", "kubernetes", "cluster"];

    public Implementation? Read(YamlNode node)
    {
        var fields = new YamlFields(YamlFields.AsMap(node, "An implementation", faults, node), "An implementation", faults,
            ["on", "terraform", "manifests", "enrol", "simulated", "outputs"]);
        var on = fields.Choice("on", Places, required: true);
        string[] ways = [.. fields.Map.Entries.Select(e => e.Name).Where(n => n is "terraform" or "manifests" or "enrol" or "simulated")];
        if (ways.Length != 1)
            faults.Add(FaultCodes.MissingKey, node, "An implementation is exactly one of terraform, manifests, enrol and simulated.");
        if (on is null || ways.Length != 1) return null;
        return new Implementation
        {
            On = on,
            Terraform = fields.Text("terraform"),
            Module = Module(fields),
            Manifests = ways[0] == "manifests" ? Manifests(fields) : null,
            Enrol = fields.Flag("enrol"),
            Simulated = ways[0] == "simulated" ? Simulated(fields.Child("simulated")) : null,
            Outputs = fields.Map["outputs"] is { } outputs ? Outputs(outputs) : null,
        };
    }

    private TerraformModule? Module(YamlFields fields)
    {
        if (fields.Scalar("terraform") is not { } name) return null;
        if (name.Value.Contains("..", StringComparison.Ordinal) || Path.IsPathRooted(name.Value) || folder.Module(name.Value) is not { } files)
        {
            faults.Add(FaultCodes.MissingFile, name, $"There is no module folder '{name.Value}' in the folder of this type.", field: "terraform");
            return null;
        }

        var module = ModuleReader.Read(files, name, faults);
        if (module is not null) ModuleCheck.Check(module, type, name, faults);
        return module;
    }

    private List<ManifestFile> Manifests(YamlFields fields)
    {
        IEnumerable<YamlScalar> patterns = fields.Map["manifests"] is YamlScalar one ? [one] : fields.Names("manifests");
        var files = patterns.SelectMany(folder.Manifests).ToList();
        foreach (var file in files)
        {
            foreach (var document in YamlReader.ReadAll(file.Text, $"{folder.Name}/{file.Path}", faults) ?? [])
                TemplateCheck.Check(document, type, faults);
        }

        return files;
    }

    private SimulatedSpec Simulated(YamlMap map)
    {
        var fields = new YamlFields(map, "simulated", faults, ["create", "update", "delete", "outputs"]);
        return new SimulatedSpec
        {
            Create = fields.Duration("create") ?? TimeSpan.FromSeconds(1),
            Update = fields.Duration("update") ?? TimeSpan.FromSeconds(1),
            Delete = fields.Duration("delete") ?? TimeSpan.FromSeconds(1),
            Outputs = map["outputs"] is { } outputs ? Outputs(outputs) : [],
        };
    }

    private JsonObject Outputs(YamlNode node)
    {
        var map = YamlFields.AsMap(node, "'outputs'", faults, node);
        TemplateCheck.Check(map, type, faults);
        var declared = type.Outputs["properties"] as JsonObject ?? [];
        foreach (var entry in map.Entries.Where(e => !declared.ContainsKey(e.Name)))
            faults.Add(FaultCodes.UnknownKey, entry.Key, $"The type declares no output '{entry.Name}'. {Suggestion.For(entry.Name, declared.Select(d => d.Key))}", field: entry.Name);
        foreach (var required in type.Outputs["required"] as JsonArray ?? [])
        {
            if (map[required!.ToString()] is null)
                faults.Add(FaultCodes.MissingKey, map, $"The type promises the output '{required}'; this implementation must give it.", field: required.ToString());
        }

        return map.ToJson();
    }
}
