using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Tests.Blueprints;

/// <summary>A small catalog and ways to compile a text against it.</summary>
internal static class Sample
{
    private const string Head = "apiVersion: fabric/v1\nkind: EntityType\nmetadata: { name: NAME, version: VERSION, title: A type }\nspec:\n";

    /// <summary>Two types: a network and an app that needs one, the app in two versions.</summary>
    public static readonly IReadOnlyDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["network"] = Named("network", "1.0.0") + """
              config:
                properties:
                  cidr: { type: string, format: cidr, title: Range, default: 10.0.0.0/16, x-immutable: true }
              outputs:
                properties:
                  id: { type: string, title: Id }
                  subnets: { type: array, items: { type: string } }
                  port: { type: integer }
              implementations:
                - on: sandbox
                  simulated: { create: 1s, outputs: { id: "net-${env.name}" } }
            """,
        ["app"] = App("1.0.0"),
        ["app-1.1"] = App("1.1.0"),
    };

    private static readonly Lazy<EntityCatalog> Loaded = new(() =>
    {
        var load = Load(Types);
        Assert.Empty(load.Faults);
        return load.Catalog;
    });

    public static EntityCatalog Catalog => Loaded.Value;

    public static string Named(string name, string version) =>
        Head.Replace("NAME", name, StringComparison.Ordinal).Replace("VERSION", version, StringComparison.Ordinal);

    public static CatalogLoad Load(IReadOnlyDictionary<string, string> types)
    {
        var folder = Directory.CreateTempSubdirectory("fabric-catalog");
        try
        {
            foreach (var (name, text) in types) Write(folder.FullName, name, text);
            return EntityCatalog.Load(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static void Write(string folder, string name, string text) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, "entity.yaml"), text);

    /// <summary>A blueprint of these nodes; its first node stands on line 5.</summary>
    public static string Nodes(string nodes) => "kind: Blueprint\nmetadata: { name: sample }\nspec:\n  nodes:\n" + Indented(nodes, "    ");

    public static CompileResult Compile(string yaml, params (string Name, string Text)[] bases) =>
        new BlueprintCompiler(Catalog).Compile(yaml, "sample.yaml", 1, name => bases.FirstOrDefault(b => b.Name == name).Text);

    public static CompiledBlueprint Compiled(string yaml, params (string Name, string Text)[] bases)
    {
        var result = Compile(yaml, bases);
        Assert.Empty(result.Faults);
        return result.Blueprint!;
    }

    /// <summary>The text has this one fault, at this place, in these words.</summary>
    public static void HasFault(CompileResult result, string code, int line, int column, string message)
    {
        Assert.Null(result.Blueprint);
        var fault = Assert.Single(result.Faults);
        Assert.Equal((code, line, column, message), (fault.Code, fault.Line, fault.Column, fault.Message));
        Assert.Equal("sample.yaml", fault.File);
    }

    private static string App(string version) => Named("app", version) + """
          config:
            required: [network]
            properties:
              network: { type: string, title: Network, description: Id of the network. }
              size: { type: integer, minimum: 1, maximum: 10, default: 3 }
              mode: { type: string, enum: [fast, safe], default: safe }
              tags: { type: object, additionalProperties: { type: string } }
              ports: { type: array, items: { type: integer } }
          outputs:
            properties:
              url: { type: string }
          operations:
            restart: { steps: [ { wait: healthy, timeout: 10m } ] }
          implementations:
            - on: sandbox
              simulated: { create: 1s, outputs: { url: "http://${entity.name}" } }
        """;

    private static string Indented(string text, string by) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(l => l.Length == 0 ? l : by + l)) + "\n";
}
