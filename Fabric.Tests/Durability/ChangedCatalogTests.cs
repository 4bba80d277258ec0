using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Cluster;
using Fabric.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Fabric.Tests.Durability;

/// <summary>A catalog folder is edited under the version it has, between two starts of the server.</summary>
public sealed class ChangedCatalogTests : IDisposable
{
    private const string Blueprint = "apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: solo, title: Solo }\nspec:\n  nodes:\n    one: { entity: box@1 }\n";
    private readonly DirectoryInfo catalog = Directory.CreateTempSubdirectory("fabric-catalog-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => catalog.Delete(recursive: true);

    [Fact]
    public async Task The_changed_type_is_refused_with_both_hashes_and_what_was_published_goes_on_as_it_was()
    {
        var file = Path.Combine(catalog.CreateSubdirectory("box").FullName, "entity.yaml");
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Durability", "catalog", "box", "entity.yaml"), Cancel);
        await File.WriteAllTextAsync(file, text, Cancel);
        await using var server = await ServerProcess.StartAsync(null, ("Fabric:Catalog:0", catalog.FullName));
        await DraftAsync(server, "solo", Blueprint);
        await server.SendAsync(HttpMethod.Post, "/api/v1/blueprints/solo/publish", new JsonObject { ["message"] = "Solo." });
        await CreateAsync(server, "before");
        await server.KillAsync();
        var hash = await HashAsync(server);

        await File.WriteAllTextAsync(file, text.Replace("title: Box", "title: Crate", StringComparison.Ordinal), Cancel);
        await server.StartAsync();
        var faults = await Eventually.BecomesAsync("a line about the catalog", () => Task.FromResult(CatalogLines(server)), lines => lines.Count > 0, Cancel);
        var fault = Assert.Single(faults);
        Assert.Contains($"The content of box@1.0.0 changed under the same version: it was {hash} and is ", fault, StringComparison.Ordinal);
        await CreateAsync(server, "after");
        Assert.DoesNotContain("\"box\"", (await server.GetAsync("/api/v1/entity-types?limit=500")).ToJsonString(), StringComparison.Ordinal);
        await server.KillAsync();
        Assert.Equal(hash, await HashAsync(server));
    }

    private static List<string> CatalogLines(ServerProcess server) => [.. server.Output.Split('\n').Where(line => line.StartsWith("Catalog:", StringComparison.Ordinal))];

    private static async Task CreateAsync(ServerProcess server, string name)
    {
        var created = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject
        {
            ["tenant"] = "sample", ["name"] = name, ["blueprint"] = "solo", ["cloud"] = "sandbox", ["region"] = "local", ["parameters"] = new JsonObject(),
        });
        await server.UntilAsync($"/api/v1/runs/{created["run"]}", run => (string?)run["state"] == "Succeeded", "Succeeded");
    }

    private static async Task DraftAsync(ServerProcess server, string name, string text)
    {
        using var put = await server.Http.PutAsync($"/api/v1/blueprints/{name}/draft", new StringContent(text, Encoding.UTF8, "application/yaml"), Cancel);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<string> HashAsync(ServerProcess server)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Data, "cell-local.db")};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT hash FROM cell_entity_types WHERE name = 'box'";
        return (string)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
