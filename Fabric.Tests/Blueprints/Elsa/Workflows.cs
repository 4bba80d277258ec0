using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Elsa;

namespace Fabric.Tests.Blueprints.Elsa;

/// <summary>Workflow definitions, exported, changed as a person would in Elsa, and imported.</summary>
internal static class Workflows
{
    public const string Two = """
        apiVersion: fabric/v1
        kind: Blueprint
        metadata: { name: sample, title: Two }
        spec:
          nodes:
            # The way in.
            net: { entity: network@1, config: { cidr: 10.1.0.0/16 } } # ours
            ask: { gate: approval, by: customer, after: [net] }
            web:
              entity: app@1
              after: [ask]
              config:
                network: "${net.id}" # bound
                size: 3
                tags:
                  team: blue # theirs
          layout:
            net: [0, 0]
            ask: [240, 0] # the yes
            web: [480, 0]

        """;

    public static JsonObject Export(string yaml, params (string Name, string Text)[] bases) => Json(ElsaExport.Write(Sample.Compiled(yaml, bases), yaml));

    public static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    public static ElsaImportResult Import(JsonNode definition, params (string Name, string Text)[] bases) => Import(definition.ToJsonString(), bases);

    public static ElsaImportResult Import(string json, params (string Name, string Text)[] bases) =>
        ElsaImport.Read(Encoding.UTF8.GetBytes(json), "sample", Sample.Catalog, name => bases.FirstOrDefault(b => b.Name == name).Text);

    /// <summary>The text after an import that has nothing to say.</summary>
    public static string Imported(JsonNode definition, params (string Name, string Text)[] bases)
    {
        var result = Import(definition, bases);
        Assert.Empty(result.Findings);
        return result.Text!;
    }

    /// <summary>A workflow of these activities and connections, as Elsa has it.</summary>
    public static string Flowchart(string activities, string connections = "[]") =>
        $$"""{ "name": "Sample", "root": { "id": "f", "type": "Elsa.Flowchart", "activities": {{activities}}, "connections": {{connections}} } }""";

    public static JsonObject Activity(this JsonObject definition, string id) =>
        definition["root"]!["activities"]!.AsArray().Select(activity => activity!.AsObject()).Single(activity => (string?)activity["id"] == id);

    public static JsonArray Connections(this JsonObject definition) => definition["root"]!["connections"]!.AsArray();

    public static void Connect(this JsonObject definition, string from, string to) => definition.Connections().Add(new JsonObject
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = "Done" }, ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    });

    public static void Disconnect(this JsonObject definition, string from, string to)
    {
        var connections = definition.Connections();
        connections.Remove(connections.Single(connection => (string?)connection!["source"]!["activity"] == from && (string?)connection["target"]!["activity"] == to));
    }

    public static void SetInput(this JsonObject activity, string input, JsonNode? value, string type = "Literal") => activity[input]!["expression"] = new JsonObject { ["type"] = type, ["value"] = value };

    /// <summary>Nothing is imported, and this is why.</summary>
    public static ElsaFinding Refused(string json, string code)
    {
        var result = Import(json);
        Assert.Null(result.Text);
        var finding = Assert.Single(result.Findings, finding => finding.Fatal);
        Assert.Equal(code, finding.Code);
        Assert.NotEmpty(finding.Path);
        return finding;
    }
}
