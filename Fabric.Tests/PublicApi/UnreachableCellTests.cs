using System.Text.Json.Nodes;
using Fabric.Tests.Storage;
using Fabric.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Fabric.Tests.PublicApi;

/// <summary>A server with two cells, one of which is lost: the other goes on, and the API says which one does not answer.</summary>
public sealed class UnreachableCellTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_good_cell_goes_on_and_what_lies_in_the_lost_one_is_unavailable_and_not_gone()
    {
        await using var server = await ServerProcess.StartAsync(null, ("Fabric:Storage:Cells:1", "lost"));
        var (near, far) = (await CreateAsync(server, "near", "local"), await CreateAsync(server, "far", "lost"));
        await server.KillAsync();
        var file = Path.Combine(server.Data, "cell-lost.db");
        var backup = await BackupAsync(file);
        await File.WriteAllTextAsync(file, new string('x', 9_000), Stop);
        await server.StartAsync();

        var (id, run) = ((string?)far["id"], (string?)far["run"]);
        foreach (var path in new[] { $"environments/{id}", $"environments/{id}/revisions", $"environments/{id}/events", $"runs/{run}", $"runs/{run}/plan", $"runs/{run}/events", $"runs/{Rows.NewId()}" })
            Unavailable(await server.Http.GetReplyAsync($"/api/v1/{path}"));
        foreach (var (method, path, body) in new (HttpMethod, string, JsonNode?)[]
        {
            (HttpMethod.Delete, $"environments/{id}", null),
            (HttpMethod.Patch, $"environments/{id}/parameters", new JsonObject { ["servers"] = 4 }),
            (HttpMethod.Post, $"environments/{id}/runs", new JsonObject { ["kind"] = "check" }),
            (HttpMethod.Post, $"runs/{run}/cancel", new JsonObject()),
            (HttpMethod.Delete, $"agents/{Rows.NewId()}", null),
            (HttpMethod.Post, "environments", Wish("late", "lost")),
        })
            Unavailable(await server.Http.CallAsync(method, $"/api/v1/{path}", body));
        foreach (var list in new[] { "environments", "agents" })
            Assert.Equal(["lost"], (await server.GetAsync($"/api/v1/{list}"))["unreachable"]!.AsArray().Select(cell => (string?)cell));

        await NobodyKnowsWhoUsesAVersionAsync(server);
        Assert.Equal(["near"], (await server.GetAsync("/api/v1/environments"))["items"]!.AsArray().Select(item => (string?)item!["name"]));
        Assert.Equal("near", (string?)(await server.GetAsync($"/api/v1/environments/{near["id"]}"))["name"]);
        await server.GetAsync($"/api/v1/runs/{near["run"]}");
        Assert.Equal(404, (await server.Http.GetReplyAsync($"/api/v1/environments/{Rows.NewId()}")).Status);
        var next = await CreateAsync(server, "next", "local");
        await server.UntilAsync($"/api/v1/runs/{next["run"]}", answer => (string?)answer["state"] != "Pending", "a run that is under way");
        Assert.Equal("unreachable", (string?)(await server.GetAsync("/readyz"))["cells"]!["lost"]);

        // It is looked at again and again; once its file is back, whole, so is what lies in it.
        await File.WriteAllBytesAsync(file + ".backup", backup, Stop);
        File.Move(file + ".backup", file, overwrite: true);
        await server.UntilAsync("/readyz", answer => (string?)answer["cells"]!["lost"] == "reachable", "the cell to be back");
        Assert.Equal("far", (string?)(await server.GetAsync($"/api/v1/environments/{id}"))["name"]);
        Assert.Empty((await server.GetAsync("/api/v1/agents"))["unreachable"]!.AsArray());
    }

    /// <summary>The database as one file.</summary>
    private static async Task<byte[]> BackupAsync(string file)
    {
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync(Stop);
        }

        return await File.ReadAllBytesAsync(file, Stop);
    }

    private static void Unavailable(Reply reply)
    {
        var problem = reply.Problem(503, "CellUnreachable");
        Assert.Equal("lost", (string?)problem["cell"]);
        Assert.Contains("Cell lost", (string?)problem["detail"], StringComparison.Ordinal);
    }

    private static Task<JsonNode> CreateAsync(ServerProcess server, string name, string cell) => server.SendAsync(HttpMethod.Post, "/api/v1/environments", Wish(name, cell));

    private static JsonObject Wish(string name, string cell)
    {
        var wish = ApiHost.Wish(name);
        wish["cell"] = cell;
        return wish;
    }

    private static async Task NobodyKnowsWhoUsesAVersionAsync(ServerProcess server)
    {
        Assert.Equal("lost", (string?)(await server.GetAsync("/api/v1/blueprints/pinot-byoc/impact"))["unreachable"]![0]!["cell"]);
        var retired = await server.Http.CallAsync(HttpMethod.Post, "/api/v1/blueprints/pinot-byok/versions/1/retire", new JsonObject { ["reason"] = "Old." });
        Assert.Contains("so nobody knows whether it uses version 1 of pinot-byok", (string?)retired.Problem(503, "CellUnreachable")["detail"], StringComparison.Ordinal);
    }
}
