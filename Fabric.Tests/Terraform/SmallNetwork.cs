using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Tests.Terraform;

/// <summary>A small module on AWS: a network, subnets, a gateway and a group, all tagged.</summary>
internal static class SmallNetwork
{
    public const int Made = 6;

    /// <summary>The same as a folder of a catalog.</summary>
    public static string Catalog { get; } = Path.Combine(AppContext.BaseDirectory, "Terraform", "catalog");

    public static EntityType Type { get; } = TerraformBed.Type(
        "smallnet",
        JsonNode.Parse("""{"type":"object","properties":{"subnets":{"type":"integer","default":3}}}""")!.AsObject(),
        JsonNode.Parse("""{"type":"object","required":["networkId"],"properties":{"networkId":{"type":"string"}}}""")!.AsObject(),
        ("main.tf", File.ReadAllText(Path.Combine(Catalog, "smallnet", "aws", "main.tf"))));

    public static CompiledBlueprint Blueprint { get; } = new()
    {
        Name = "smallnet",
        Version = 1,
        Title = "smallnet",
        Hash = "smallnet-1",
        Parameters = [],
        Nodes = [new BlueprintNode { Name = "net", Type = Type.Ref, Config = new JsonObject { ["subnets"] = "${param.subnets}" } }],
    };
}
