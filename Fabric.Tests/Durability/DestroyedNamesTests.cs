using System.Text.Json.Nodes;
using Fabric.Tests.Support;

namespace Fabric.Tests.Durability;

/// <summary>kill -9 of the server at the moment an environment is destroyed: its name becomes free all the same.</summary>
public sealed class DestroyedNamesTests
{
    [Fact]
    public async Task A_name_is_free_after_a_kill_right_after_the_destruction_and_the_history_is_found_by_id()
    {
        await using var server = await ServerProcess.StartAsync(null, ("Fabric:Catalog:0", Path.Combine(AppContext.BaseDirectory, "Durability", "catalog")));
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var created = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject
            {
                ["tenant"] = "sample", ["name"] = "phoenix", ["blueprint"] = "saas-region", ["cloud"] = "sandbox", ["region"] = "local",
                ["parameters"] = new JsonObject(), ["autoApprove"] = true,
            });
            ids.Add(created["id"]!.ToString());
            await server.UntilAsync($"/api/v1/runs/{created["run"]}", run => (string?)run["state"] is "Succeeded" or "Failed" or "AwaitingApproval", "the first run to settle");
            await server.SendAsync(HttpMethod.Delete, $"/api/v1/environments/{ids[^1]}");
            await server.UntilAsync($"/api/v1/environments/{ids[^1]}", environment => (string?)environment["state"] == "Destroyed", "Destroyed");
            await server.KillAsync();
            await server.StartAsync();
        }

        Assert.Equal(3, ids.Distinct().Count());
        foreach (var id in ids)
            Assert.Equal("Destroyed", (string?)(await server.GetAsync($"/api/v1/environments/{id}"))["state"]);
    }
}
