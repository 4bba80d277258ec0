using System.Text.Json.Nodes;
using Bunit;
using Fabric.Tests.PublicApi;
using Fabric.Web.ConsoleView.Runs.Detail;
using Fabric.Web.Live;
using Fabric.Web.Runtime.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Tests.Pages.Desk;

/// <summary>The page of a run on the desk of a running server: it shows the version that the run ran, whatever the environment did since.</summary>
[Collection("api")]
public sealed class RunVersionTests(ApiHost host) : PageBed
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_run_is_drawn_on_its_own_version_after_the_environment_moved_on_and_was_destroyed()
    {
        Services.AddSingleton<IDesk>(host.Services.GetRequiredService<FabricDesk>());
        var name = host.Name("drawn");
        await PublishAsync(name, "first");
        var wish = ApiHost.Wish(name);
        (wish["blueprint"], wish["autoApprove"]) = (name, true);
        var made = (await host.Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", wish)).Json;
        var place = $"/api/v1/environments/{made["id"]}";
        await EndAsync(made["run"]!);
        await PublishAsync(name, "second");
        var moved = (await host.Owner.CallAsync(HttpMethod.Patch, place, new JsonObject { ["version"] = 2 })).Json;
        await EndAsync(moved["run"]!);
        var destroyed = (await host.Owner.CallAsync(HttpMethod.Delete, place)).Json;
        await EndAsync(destroyed["run"]!);

        await AssertDrawnAsync(made["run"]!, $"{name} v1", "network", "first");
        await AssertDrawnAsync(moved["run"]!, $"{name} v2", "network", "second", "first");
        await AssertDrawnAsync(destroyed["run"]!, $"{name} v2", "network", "second");
    }

    private async Task AssertDrawnAsync(JsonNode run, string version, params string[] nodes)
    {
        var id = run.GetValue<Guid>();
        var page = Open<RunPage>(Samples.Sre, $"console/runs/{id}", (nameof(RunPage.Id), id));
        await page.WaitForAssertionAsync(() => Assert.Contains(version, page.Find("header").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(nodes.Order(), page.FindAll(".graph-list strong").Select(node => node.TextContent).Order());
        Assert.DoesNotContain("Not in this run", page.Find(".graph-list").TextContent, StringComparison.Ordinal);
        await DisposeComponentsAsync();
    }

    private async Task PublishAsync(string name, string second)
    {
        var text = $"apiVersion: fabric/v1\nkind: Blueprint\nmetadata: {{ name: {name} }}\nspec:\n  nodes:\n    network: {{ entity: network@1, config: {{ cidr: 10.0.0.0/16 }} }}\n    {second}: {{ entity: network@1, config: {{ cidr: 10.1.0.0/16 }}, after: [network] }}\n";
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Put, $"/api/v1/blueprints/{name}/draft", Calls.Yaml(text))).Status);
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Post, $"/api/v1/blueprints/{name}/publish", new JsonObject { ["message"] = "Now." })).Status);
    }

    private Task EndAsync(JsonNode run) => host.Owner.UntilAsync($"/api/v1/runs/{run}", answer => (string?)answer["state"] == "Succeeded", "the run to succeed");
}
