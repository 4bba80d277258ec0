using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Catalog;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.PublicApi;

/// <summary>Blueprints go to Elsa and come back by the API.</summary>
[Collection("api")]
public sealed class ElsaTests(ApiHost host)
{
    private const string Flow = """{ "root": { "type": "Elsa.Flowchart", "activities": [{ "id": "ask", "type": "Fabric.Gate.Approval", "by": "customer" }] } }""";

    [Fact]
    public async Task A_version_is_exported_and_imported_under_another_name()
    {
        var export = await host.As(Role.Viewer).GetReplyAsync("/api/v1/blueprints/pinot-byoc/versions/1?format=elsa3");
        Assert.Equal((200, "application/json"), (export.Status, export.ContentType));
        var name = host.Name("elsa");
        var reply = await ImportAsync(name, export.Text);
        Assert.True(reply.Status == 200, reply.ToString());
        Assert.True((bool)reply.Json["valid"]!);
        Assert.Equal("Renamed", (string?)Assert.Single(reply.Json["findings"]!.AsArray())!["code"]);
        Assert.Equal(
            BuiltInCatalog.Blueprints.Texts["pinot-byoc"].Replace("name: pinot-byoc", $"name: {name}", StringComparison.Ordinal), await DraftAsync(name));
    }

    [Theory]
    [InlineData("?format=elsa2")]
    [InlineData("?format=yaml")]
    public async Task Another_format_is_named(string query)
    {
        (await host.Admin.GetReplyAsync($"/api/v1/blueprints/pinot-byoc/versions/1{query}")).Problem(400, field: "format");
        (await host.Admin.CallAsync(HttpMethod.Post, $"/api/v1/blueprints/x/import{query}", Flow)).Problem(400, field: "format");
    }

    [Fact]
    public async Task An_import_without_a_format_is_asked_for_one() => (await host.Admin.CallAsync(HttpMethod.Post, "/api/v1/blueprints/x/import", Flow)).Problem(400, field: "format");

    [Fact]
    public async Task An_existing_blueprint_is_not_overwritten_unasked()
    {
        var name = host.Name("elsa");
        Assert.Equal(200, (await ImportAsync(name, Flow)).Status);
        var draft = await DraftAsync(name);
        var problem = (await ImportAsync(name, Other)).Problem(409, "DraftExists", "If-Match");
        Assert.Contains("overwrite=true", (string?)problem["detail"], StringComparison.Ordinal);
        (await ImportAsync(name, Other, "", ("If-Match", "\"7\""))).Problem(412, "DraftChanged");
        Assert.Equal(draft, await DraftAsync(name));
        Assert.Equal(200, (await ImportAsync(name, Other, "", ("If-Match", "\"1\""))).Status);
        Assert.Contains("vendor", await DraftAsync(name), StringComparison.Ordinal);
        Assert.Equal(200, (await ImportAsync(name, Flow, "&overwrite=true")).Status);
        Assert.Equal(draft, await DraftAsync(name));
    }

    [Fact]
    public async Task A_published_version_stays_what_it_is()
    {
        var name = host.Name("elsa");
        await ImportAsync(name, Flow);
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Post, $"/api/v1/blueprints/{name}/publish", new JsonObject())).Status);
        var before = (await host.Admin.GetReplyAsync($"/api/v1/blueprints/{name}/versions/1")).Text;
        Assert.Equal(200, (await ImportAsync(name, Other, "&overwrite=true")).Status);
        Assert.Equal(before, (await host.Admin.GetReplyAsync($"/api/v1/blueprints/{name}/versions/1")).Text);
        (await host.Admin.GetReplyAsync($"/api/v1/blueprints/{name}/versions/2")).Problem(404);
    }

    [Fact]
    public async Task What_is_wrong_with_a_workflow_is_listed_and_nothing_is_made()
    {
        var name = host.Name("elsa");
        var problem = (await ImportAsync(name, Flow.Replace("]", """, { "id": "ask", "type": "Elsa.End" }, { "id": "x" }]""", StringComparison.Ordinal))).Problem(400, "NotImported", "$.root.activities[1]");
        Assert.Equal(["DuplicateId", "MissingType"], problem["errors"]!.AsArray().Select(error => (string?)error!["code"]));
        (await host.Admin.GetReplyAsync($"/api/v1/blueprints/{name}/draft")).Problem(404);
    }

    [Fact]
    public async Task Activities_that_Fabric_does_not_know_are_faults_of_the_draft()
    {
        var reply = await ImportAsync(host.Name("elsa"), """{ "root": { "type": "Elsa.Sequence", "activities": [{ "id": "say", "type": "Elsa.WriteLine" }] } }""");
        Assert.Equal(200, reply.Status);
        Assert.False((bool)reply.Json["valid"]!);
        Assert.Equal("UnknownType", (string?)reply.Json["findings"]![0]!["code"]);
        Assert.Equal(["say", "say"], reply.Json["faults"]!.AsArray().Select(fault => (string?)fault!["node"]));
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_gets_the_same_answer_and_writes_once()
    {
        var name = host.Name("elsa");
        var first = await ImportAsync(name, Flow, "", ("Idempotency-Key", name));
        var again = await ImportAsync(name, Flow, "", ("Idempotency-Key", name));
        Assert.Equal((200, first.Text), (again.Status, again.Text));
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("\"1\"", (await host.Admin.GetReplyAsync($"/api/v1/blueprints/{name}/draft")).Headers.ETag!.ToString());
    }

    [Theory]
    [InlineData("Fabric-Message")]
    [InlineData("Idempotency-Key")]
    public async Task Fifty_megabytes_are_refused_with_a_problem_that_the_caller_gets_to_see(string header)
    {
        using var large = new ByteArrayContent(new byte[50 * 1024 * 1024]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var reply = await host.Admin.CallAsync(HttpMethod.Post, $"/api/v1/blueprints/{host.Name("elsa")}/import?format=elsa3", large, (header, "large"));
        Assert.Contains("5120 KiB", (string?)reply.Problem(413, "TooLarge", "body")["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_mebibyte_is_taken()
    {
        var flow = Encoding.UTF8.GetBytes(Flow + new string(' ', 2 * 1024 * 1024));
        using var body = new ByteArrayContent(flow) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Post, $"/api/v1/blueprints/{host.Name("elsa")}/import?format=elsa3", body)).Status);
    }

    [Theory]
    [InlineData(Role.Viewer), InlineData(Role.Owner)]
    public async Task Only_who_writes_drafts_imports(Role role) =>
        (await host.As(role).CallAsync(HttpMethod.Post, $"/api/v1/blueprints/{host.Name("elsa")}/import?format=elsa3", Flow)).Problem(403, "Forbidden");

    private static string Other => Flow.Replace("customer", "vendor", StringComparison.Ordinal);

    private Task<Reply> ImportAsync(string name, string json, string query = "", params (string Name, string Value)[] headers) =>
        host.Admin.CallAsync(HttpMethod.Post, $"/api/v1/blueprints/{name}/import?format=elsa3{query}", json, headers);

    private async Task<string> DraftAsync(string name) => (await host.Admin.GetReplyAsync($"/api/v1/blueprints/{name}/draft")).Text;
}
