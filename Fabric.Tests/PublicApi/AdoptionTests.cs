using System.Text.Json.Nodes;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.PublicApi;

/// <summary>Who lends outputs to whom: within a cell, one's own environments and the vendor's, and only what a blueprint declares.</summary>
[Collection("api")]
public sealed class AdoptionTests(ApiHost host)
{
    private const string Quiet = "apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: quiet, title: Quiet }\nspec:\n  nodes:\n    network: { entity: network@1, config: { cidr: 10.9.0.0/16 } }\n";

    [Fact]
    public async Task Only_the_declared_outputs_of_an_environment_in_the_same_cell_are_adopted()
    {
        var near = await RegionAsync(Actor.VendorTenant, "local");
        var far = await RegionAsync(Actor.VendorTenant, ApiHost.Far);
        var others = await RegionAsync(ApiHost.Other, "local");
        await host.Admin.CallAsync(HttpMethod.Put, "/api/v1/blueprints/quiet/draft", Calls.Yaml(Quiet));
        await host.Admin.CallAsync(HttpMethod.Post, "/api/v1/blueprints/quiet/publish", new JsonObject { ["message"] = "Quiet." });
        var quiet = await MakeAsync(Actor.VendorTenant, "local", "quiet");

        var unknown = Sentence(await TenantAsync("nobody", "local"), "nobody");
        foreach (var lender in new[] { far, others, quiet })
            Assert.Equal(unknown, Sentence(await TenantAsync(lender, "local"), lender));
        var adopted = await TenantAsync(near, "local");
        Assert.True(adopted.Status == 201, adopted.ToString());
        Assert.Equal(unknown, Sentence(await TenantAsync(near, ApiHost.Far), near));
        Assert.Equal(201, (await TenantAsync(far, ApiHost.Far)).Status);

        // A change is held to the same.
        var patch = new JsonObject { ["adopted"] = Lent(far) };
        Assert.Equal(unknown, Sentence(await host.Owner.CallAsync(HttpMethod.Patch, $"/api/v1/environments/{adopted.Json["id"]}", patch), far));
    }

    private static string Sentence(Reply reply, string lender) => ((string)reply.Problem(400, "UnknownLender", "adopted.kubernetes")["detail"]!).Replace(lender, "", StringComparison.Ordinal);

    private static JsonObject Lent(string lender) => new() { ["kubernetes"] = new JsonObject { ["$environment"] = lender } };

    private Task<Reply> TenantAsync(string lender, string cell) => host.Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject
    {
        ["tenant"] = "sample", ["name"] = host.Name("tenant"), ["blueprint"] = "saas-tenant", ["cloud"] = "sandbox", ["region"] = "local", ["cell"] = cell, ["parameters"] = new JsonObject(), ["adopted"] = Lent(lender),
    });

    private async Task<string> RegionAsync(string tenant, string cell) => await MakeAsync(tenant, cell, "saas-region");

    private async Task<string> MakeAsync(string tenant, string cell, string blueprint)
    {
        var name = host.Name("lender");
        var made = await host.Admin.CallAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject
        {
            ["tenant"] = tenant, ["name"] = name, ["blueprint"] = blueprint, ["cloud"] = "sandbox", ["region"] = "local", ["cell"] = cell, ["parameters"] = new JsonObject(), ["autoApprove"] = true,
        });
        Assert.True(made.Status == 201, made.ToString());
        await host.Admin.UntilAsync($"/api/v1/runs/{made.Json["run"]}", run => (string?)run["state"] == "Succeeded", "Succeeded");
        return name;
    }
}
