using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Catalog.Modules;

/// <summary>Reads what a module declares, from <c>*.tf</c> and <c>*.tf.json</c>.</summary>
internal static class ModuleReader
{
    private const int LargestFile = 1 << 20;

    /// <summary>Reads a module's files; null when one of them cannot be read.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="at">Where the type names the module, for faults.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static TerraformModule? Read(IReadOnlyList<ModuleFile> files, YamlScalar at, FaultList faults)
    {
        var blocks = new List<HclBlock>();
        // Only the files directly in the folder are the module; what is below are modules of its own and templates.
        foreach (var file in files.Where(f => !f.Path.Contains('/', StringComparison.Ordinal)))
        {
            try
            {
                if (file.Path.EndsWith(".tf", StringComparison.Ordinal))
                    blocks.AddRange(new HclScanner(file.Text).Blocks());
                else if (file.Path.EndsWith(".tf.json", StringComparison.Ordinal))
                    blocks.AddRange(FromJson(file.Text));
            }
            catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or ArgumentException)
            {
                faults.Add(FaultCodes.BadModule, at, $"{at.Value}/{file.Path} cannot be read: {e.Message.TrimEnd('.')}.", field: "terraform");
                return null;
            }
        }

        if (files.Any(file => file.Text.Length > LargestFile))
            faults.Add(FaultCodes.TooLarge, at, $"A file of the module '{at.Value}' is larger than 1 MiB; a module is text.", field: "terraform");
        if (blocks.Count == 0)
        {
            faults.Add(FaultCodes.BadModule, at, $"The folder '{at.Value}' has no *.tf file with a block in it.", field: "terraform");
            return null;
        }

        if (blocks.Any(b => b.Kind == "terraform" && b.Blocks.Any(inner => inner.Kind is "backend" or "cloud")))
            faults.Add(FaultCodes.BadModule, at, $"The module '{at.Value}' chooses a backend; take it out: Fabric keeps the state.", field: "terraform");
        return new TerraformModule
        {
            Files = files,
            Variables = [.. blocks.Where(b => b is { Kind: "variable", Labels.Count: 1 }).Select(Variable)],
            Outputs = [.. blocks.Where(b => b is { Kind: "output", Labels.Count: 1 }).Select(b => new ModuleOutput(b.Labels[0], IsSet(b, "sensitive")))],
        };
    }

    private static ModuleVariable Variable(HclBlock block) =>
        new(block.Labels[0], block.Attributes.GetValueOrDefault("type", "").Trim('"'), !block.Attributes.ContainsKey("default"), IsSet(block, "sensitive"));

    private static bool IsSet(HclBlock block, string name) => block.Attributes.GetValueOrDefault(name) == "true";

    private static IEnumerable<HclBlock> FromJson(string text)
    {
        var root = JsonNode.Parse(text) as JsonObject ?? throw new FormatException("it is no JSON object");
        // Blocks of a kind stand in one object, or in a list of them.
        foreach (var (kind, named) in root.SelectMany(entry => (entry.Value is JsonArray many ? many.OfType<JsonObject>() : [entry.Value as JsonObject ?? []]).Select(body => (entry.Key, body))))
        {
            if (kind is "variable" or "output")
            {
                foreach (var (name, body) in named)
                    yield return new HclBlock(kind, [name], (body as JsonObject ?? []).ToDictionary(p => p.Key, p => p.Value?.ToString() is "True" ? "true" : p.Value?.ToString() ?? "null"), []);
            }
            else
            {
                yield return new HclBlock(kind, [], new Dictionary<string, string>(), [.. named.Select(p => new HclBlock(p.Key, [], new Dictionary<string, string>(), []))]);
            }
        }
    }
}
