using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Support;

namespace Fabric.Tests.Durability;

/// <summary>kill -9 of the server in the middle of a 30-node run, fifty times, some between the sandbox's effect and its answer.</summary>
public sealed class SurvivesKillsTests
{
    private const int Kills = 50;
    private const int Seed = 20260301;

    [Fact]
    public async Task Every_run_ends_as_it_would_have_and_every_step_is_applied_once()
    {
        await using var server = await ServerProcess.StartAsync(null, ("Fabric:Catalog:0", Path.Combine(AppContext.BaseDirectory, "Durability", "catalog")));
        await PublishAsync(server);
        var random = new Random(Seed);
        var acknowledged = new List<string>();
        for (var i = 0; i < Kills; i++)
        {
            var created = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", Request($"kill-{i}"));
            var id = created["id"]!.ToString();
            acknowledged.Add(id);
            if (i % 3 == 0)
                await LateAnswerAsync(server, id, $"n{random.Next(1, 5)}-{random.Next(5)}");
            await Task.Delay(random.Next(0, 700), TestContext.Current.CancellationToken);
            await server.KillAsync();
            await server.StartAsync();
            var run = await server.UntilAsync($"/api/v1/runs/{created["run"]}", answer => IsOver(answer), $"run of kill-{i} to end");
            Assert.True(StateOf(run) == "Succeeded", $"kill {i}: {run.ToJsonString()}");
            await AssertAppliedOnceAsync(server, id, i);
        }

        var listed = await server.GetAsync("/api/v1/environments?limit=500");
        var known = listed["items"]!.AsArray().Select(item => item!["id"]!.ToString()).ToHashSet();
        Assert.All(acknowledged, id => Assert.Contains(id, known));
    }

    private static async Task AssertAppliedOnceAsync(ServerProcess server, string id, int kill)
    {
        var applications = (await server.GetAsync($"/api/v1/environments/{id}/sandbox/applications")).AsObject();
        Assert.Equal(30, applications.Count);
        Assert.All(applications, step => Assert.True((int)step.Value! == 1, $"kill {kill}: {step.Key} was applied {step.Value} times"));
    }

    private static Task LateAnswerAsync(ServerProcess server, string id, string node) => server.SendAsync(
        HttpMethod.Post, $"/api/v1/environments/{id}/sandbox/faults", new JsonObject { ["node"] = node, ["kind"] = "LateAnswer", ["times"] = 1, ["delayMs"] = 5000 });

    private static JsonObject Request(string name) => new()
    {
        ["tenant"] = "sample",
        ["name"] = name,
        ["blueprint"] = "boxes",
        ["cloud"] = "sandbox",
        ["region"] = "local",
        ["parameters"] = new JsonObject(),
    };

    private static string StateOf(JsonNode run) => (run["state"] ?? run["run"]?["state"])!.ToString();

    private static bool IsOver(JsonNode run) => StateOf(run) is "Succeeded" or "Failed" or "Cancelled" or "Superseded";

    private static async Task PublishAsync(ServerProcess server)
    {
        using var put = await server.Http.PutAsync("/api/v1/blueprints/boxes/draft", new StringContent(Boxes(), Encoding.UTF8, "application/yaml"));
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        await server.SendAsync(HttpMethod.Post, "/api/v1/blueprints/boxes/publish", new JsonObject { ["message"] = "Boxes." });
    }

    /// <summary>Six layers of five, each node fed by two of the layer before.</summary>
    private static string Boxes()
    {
        var yaml = new StringBuilder("apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: boxes, title: Boxes }\nspec:\n  nodes:\n");
        for (var layer = 0; layer < 6; layer++)
        {
            for (var place = 0; place < 5; place++)
            {
                var inputs = layer == 0 ? "" : $"\"${{n{layer - 1}-{place}.id}}\", \"${{n{layer - 1}-{(place + 1) % 5}.id}}\"";
                yaml.Append($"    n{layer}-{place}: {{ entity: box@1, config: {{ in: [{inputs}] }} }}\n");
            }
        }

        return yaml.ToString();
    }
}
