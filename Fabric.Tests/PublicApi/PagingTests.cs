using System.Text.Json.Nodes;

namespace Fabric.Tests.PublicApi;

/// <summary>Lists come page by page, each thing once.</summary>
[Collection("api")]
public sealed class PagingTests(ApiHost host)
{
    [Theory]
    [InlineData("/api/v1/entity-types", "name")]
    [InlineData("/api/v1/blueprints", "name")]
    [InlineData("/api/v1/environments", "id")]
    [InlineData("/api/v1/tokens", "id")]
    [InlineData("/api/v1/agents", "id")]
    public async Task Pages_join_to_the_whole_list(string path, string key)
    {
        await host.EnvironmentAsync();
        await host.EnvironmentAsync();
        var whole = Keys((await host.Owner.GetReplyAsync($"{path}?limit=500")).Json, key);
        var joined = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await host.Owner.GetReplyAsync($"{path}?limit=2{(cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : "")}")).Json;
            Assert.InRange(page["items"]!.AsArray().Count, 0, 2);
            joined.AddRange(Keys(page, key));
            cursor = (string?)page["next"];
        }

        Assert.Equal(whole, joined);
    }

    [Fact]
    public async Task Revisions_and_events_go_on_at_their_cursor()
    {
        var (id, run) = await host.EnvironmentAsync();
        for (var servers = 4; servers < 7; servers++)
            Assert.Equal(202, (await host.Owner.CallAsync(HttpMethod.Patch, $"/api/v1/environments/{id}/parameters", new JsonObject { ["servers"] = servers }, ("Fabric-Message", $"To {servers}."))).Status);
        var first = (await host.Owner.GetReplyAsync($"/api/v1/environments/{id}/revisions?limit=3")).Json;
        Assert.Equal([4, 3, 2], first["items"]!.AsArray().Select(row => (int)row!["number"]!));
        Assert.Equal("To 6.", (string?)first["items"]![0]!["message"]);
        var last = (await host.Owner.GetReplyAsync($"/api/v1/environments/{id}/revisions?limit=3&cursor={first["next"]}")).Json;
        Assert.Equal((1, (string?)null), ((int)last["items"]!.AsArray().Single()!["number"]!, (string?)last["next"]));

        var events = (await host.Owner.GetReplyAsync($"/api/v1/runs/{run}/events?limit=1")).Json;
        var next = (await host.Owner.GetReplyAsync($"/api/v1/runs/{run}/events?limit=1&cursor={events["next"]}")).Json;
        Assert.True((long)next["items"]![0]!["sequence"]! > (long)events["items"]![0]!["sequence"]!);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("limit=501", "limit")]
    public async Task A_limit_that_is_none_is_refused(string query, string field)
    {
        var (id, run) = await host.EnvironmentAsync();
        foreach (var path in new[] { "environments", "agents", "tokens", "blueprints", "entity-types", $"environments/{id}/revisions", $"runs/{run}/events" })
            (await host.Owner.GetReplyAsync($"/api/v1/{path}?{query}")).Problem(400, field: field);
        (await host.Owner.GetReplyAsync($"/api/v1/runs/{run}/events?cursor=x")).Problem(400, field: "cursor");
    }

    private static List<string> Keys(JsonNode page, string key) => [.. page["items"]!.AsArray().Select(item => (string)item![key]! + (string?)item["version"]?.ToString())];
}
