using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Catalog;

/// <summary>Reads the operations of a type.</summary>
internal static class OperationReader
{
    public static IReadOnlyDictionary<string, Operation> Read(YamlMap operations, FaultList faults)
    {
        var result = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (var entry in operations.Entries)
        {
            if (!Slug.IsValid(entry.Name)) faults.Add(FaultCodes.BadSlug, entry.Key, $"'{entry.Name}' is no name: it must be {Slug.Rule}.", field: entry.Name);
            var fields = new YamlFields(YamlFields.AsMap(entry.Value, $"Operation '{entry.Name}'", faults, entry.Key), $"Operation '{entry.Name}'", faults, ["title", "description", "steps"]);
            if (fields.Map["steps"] is not YamlList { Items.Count: > 0 } steps)
            {
                faults.Add(FaultCodes.MissingKey, entry.Key, $"Operation '{entry.Name}' needs 'steps', a list of patch, job and wait.", field: "steps");
                continue;
            }

            result[entry.Name] = new Operation(entry.Name, fields.Text("title") ?? entry.Name,
                [.. steps.Items.Select(s => Step(s, faults)).OfType<OperationStep>()], fields.Text("description"));
        }

        return result;
    }

    private static OperationStep? Step(YamlNode node, FaultList faults)
    {
        var fields = new YamlFields(YamlFields.AsMap(node, "A step", faults, node), "A step", faults, ["patch", "job", "wait", "timeout"]);
        var timeout = fields.Duration("timeout");
        switch ((string[])[.. fields.Map.Entries.Select(e => e.Name).Where(n => n is "patch" or "job" or "wait")])
        {
            case ["patch"]:
                return Patch(fields.Child("patch"), timeout, faults);
            case ["job"]:
                return new JobStep(fields.Child("job").ToJson(), timeout);
            case ["wait"] when fields.Text("wait") == "healthy":
                return new WaitStep(true, null, timeout);
            case ["wait"]:
                return new WaitStep(false, fields.Duration("wait", required: true), timeout);
            default:
                faults.Add(FaultCodes.MissingKey, node, "A step is exactly one of patch, job and wait.");
                return null;
        }
    }

    private static PatchStep Patch(YamlMap map, TimeSpan? timeout, FaultList faults)
    {
        var fields = new YamlFields(map, "A patch", faults, ["target", "patch"]);
        foreach (var name in (string[])["target", "patch"])
            if (map[name] is null) faults.Add(FaultCodes.MissingKey, map, "A patch needs 'target' (kind and name of an object) and 'patch' (what to merge into it).", field: name);
        return new PatchStep(fields.Child("target").ToJson(), fields.Child("patch").ToJson(), timeout);
    }
}
