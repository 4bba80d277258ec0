using System.Diagnostics;
using System.Text.Json.Nodes;
using Fabric.Tests.Clouds;
using Fabric.Tests.Support;
using Fabric.Workflows.Clouds;
using Microsoft.Data.Sqlite;

namespace Fabric.Tests.Terraform;

/// <summary>kill -9 of the server, or of the server and Terraform together, at seeded moments of a run on the emulated AWS.</summary>
[Collection(MotoCollection.Name)]
public sealed class KillsOfServerTests(Moto moto)
{
    private const string Blueprint = "apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: smallnet, title: Small }\nspec:\n  nodes:\n    net: { entity: smallnet@1 }\n";
    private readonly string number = Moto.NewAccount();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_run_ends_as_it_would_have_and_everything_is_made_once()
    {
        await using var server = await StartAsync();
        var random = new Random(20261126);
        for (var i = 0; i < Kills.Count(4); i++)
        {
            var created = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", Request($"kill-{i}"));
            var report = await KillAsync(server, random);
            await server.StartAsync();
            await EndsAsync(server, created["run"]!.ToString(), report);
            var found = await FoundAsync($"kill-{i}");
            Assert.True(found.Count == SmallNetwork.Made, $"{report}: {string.Join(", ", found)}");
            AssertNothingHeld(server);
            Assert.Equal(0, Count(server, "SELECT COUNT(*) FROM (SELECT plan_id FROM leases WHERE kind = 'Apply' GROUP BY plan_id HAVING COUNT(*) > 1)"));
            Assert.Equal(SmallNetwork.Made, Count(server, $"SELECT resources FROM state_versions v JOIN environments e ON e.id = v.environment_id WHERE e.name = 'kill-{i}' ORDER BY number DESC LIMIT 1"));
        }
    }

    [Fact]
    public async Task A_destroy_ends_with_nothing_left_in_the_account()
    {
        await using var server = await StartAsync();
        var random = new Random(20261127);
        for (var i = 0; i < Kills.Count(2); i++)
        {
            var created = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", Request($"gone-{i}"));
            await EndsAsync(server, created["run"]!.ToString(), "nothing was killed");
            await server.SendAsync(HttpMethod.Delete, $"/api/v1/environments/{created["id"]}");
            var report = await KillAsync(server, random);
            await server.StartAsync();
            await server.UntilAsync($"/api/v1/environments/{created["id"]}", answer => (string?)answer["state"] is "Destroyed" or "Failed", $"gone-{i} to be destroyed, after {report}", 240);
            Assert.Equal("Destroyed", (string?)(await server.GetAsync($"/api/v1/environments/{created["id"]}"))["state"]);
            Assert.Empty(await FoundAsync($"gone-{i}"));
            AssertNothingHeld(server);
        }
    }

    private async Task<ServerProcess> StartAsync()
    {
        await moto.NeedAsync(Stop);
        var server = await ServerProcess.StartAsync(null, [.. moto.Settings, ("Fabric:Catalog:0", SmallNetwork.Catalog)]);
        await server.PublishAsync("smallnet", Blueprint, number);
        return server;
    }

    private static async Task EndsAsync(ServerProcess server, string id, string report)
    {
        var run = await server.UntilAsync($"/api/v1/runs/{id}", answer => (string?)answer["state"] is "Succeeded" or "Failed" or "Cancelled", $"the run to end, after {report}", 240);
        Assert.True((string?)run["state"] == "Succeeded", $"{report}: {run.ToJsonString()}");
    }

    private static void AssertNothingHeld(ServerProcess server)
    {
        Assert.Equal(0, Count(server, "SELECT COUNT(*) FROM state_locks"));
        Assert.Equal(0, Count(server, "SELECT COUNT(*) FROM leases WHERE ended_at IS NULL"));
    }

    private static JsonObject Request(string name) => new()
    {
        ["tenant"] = "sample",
        ["name"] = name,
        ["blueprint"] = "smallnet",
        ["cloud"] = "aws",
        ["account"] = "prod",
        ["region"] = MotoAccess.Region,
        ["parameters"] = new JsonObject(),
        ["autoApprove"] = true,
    };

    /// <summary>Somewhere between the first plan and the last state; every other time Terraform dies with the server.</summary>
    private static async Task<string> KillAsync(ServerProcess server, Random random)
    {
        var (wait, both) = (random.Next(0, 14_000), random.Next(2) == 0);
        await Task.Delay(wait, Stop);
        await server.KillAsync();
        if (both)
        {
            using var kill = Process.Start(new ProcessStartInfo("sh", ["-c", $"for pid in {server.Data}/terraform/local/*/*/pid; do [ -f $pid ] && kill -s KILL -- -$(cat $pid); done"]) { RedirectStandardError = true });
            await kill!.WaitForExitAsync(Stop);
        }

        return $"the server{(both ? " and Terraform" : "")} killed after {wait} ms";
    }

    private async Task<List<string>> FoundAsync(string environment)
    {
        var session = await moto.Aws.OpenAsync(new OpenedAccount(SampleAccounts.AwsRole(number), null), MotoAccess.Region, "test", Stop);
        var found = await moto.Aws.FindAsync(session.Value, MotoAccess.Region, new Dictionary<string, string> { ["fabric-environment"] = environment }, Stop);
        Assert.True(found.Succeeded, found.Succeeded ? "" : found.Faults[0].Message);
        return [.. found.Value.Select(resource => resource.Id)];
    }

    private static int Count(ServerProcess server, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Data, "cell-local.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
