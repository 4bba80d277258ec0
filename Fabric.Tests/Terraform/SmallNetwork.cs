using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Support;
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

    /// <summary>Publishes a blueprint of it on a server that loads <see cref="Catalog"/>, and connects the account <c>prod</c>.</summary>
    public static async Task PublishAsync(this ServerProcess server, string name, string blueprint, string account)
    {
        using var put = await server.Http.PutAsync($"/api/v1/blueprints/{name}/draft", new StringContent(blueprint, Encoding.UTF8, "application/yaml"), TestContext.Current.CancellationToken);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await server.SendAsync(HttpMethod.Post, $"/api/v1/blueprints/{name}/publish", new JsonObject { ["message"] = "Small." });
        await server.SendAsync(HttpMethod.Post, "/api/v1/cloud-accounts", new JsonObject { ["tenant"] = "sample", ["name"] = "prod", ["cloud"] = "aws", ["account"] = account });
    }

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
