using System.Text.Json.Nodes;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.PublicApi;

/// <summary>The life of a blueprint as a program lives it.</summary>
[Collection("api")]
public sealed class BlueprintLifeTests(ApiHost host)
{
    private static string Text(string name, string more = "") => $"apiVersion: fabric/v1\nkind: Blueprint\nmetadata: {{ name: {name} }}\nspec:\n  nodes:\n    network: {{ entity: network@1, config: {{ cidr: 10.0.0.0/16 }} }}\n{more}";

    private static string At(string name, string rest = "") => $"/api/v1/blueprints/{name}{rest}";

    private async Task PublishAsync(string name, string text)
    {
        await DraftAsync(name, text);
        var published = await host.Admin.CallAsync(HttpMethod.Post, At(name, "/publish"), new JsonObject { ["message"] = "Now." });
        Assert.True(published.Status == 200, published.ToString());
    }

    private async Task DraftAsync(string name, string text) => Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Put, At(name, "/draft"), Calls.Yaml(text))).Status);

    private async Task<(Guid Id, Guid Run)> EnvironmentAsync(string blueprint)
    {
        var wish = ApiHost.Wish(host.Name("life"));
        wish["blueprint"] = blueprint;
        var made = await host.Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", wish);
        Assert.True(made.Status == 201, made.ToString());
        var (id, run) = (made.Json["id"]!.GetValue<Guid>(), made.Json["run"]!.GetValue<Guid>());
        await host.Owner.UntilAsync($"/api/v1/runs/{run}", answer => (string?)answer["state"] == "Succeeded", "the run to succeed");
        return (id, run);
    }

    [Fact]
    public async Task A_draft_tells_what_it_would_do_to_each_environment_and_then_does_that()
    {
        var name = host.Name("impact");
        await PublishAsync(name, Text(name));
        var (id, _) = await EnvironmentAsync(name);
        Assert.Empty((await host.Admin.GetReplyAsync(At(name, "/impact?version=1"))).Json["environments"]![0]!["steps"]!.AsArray());
        await DraftAsync(name, Text(name, "    second: { entity: network@1, config: { cidr: 10.1.0.0/16 } }\n"));

        var impact = (await host.As(Role.Support, Actor.VendorTenant).GetReplyAsync(At(name, "/impact"))).Json;

        Assert.Equal((2, true), ((int)impact["version"]!, (bool)impact["draft"]!));
        var line = Assert.Single(impact["environments"]!.AsArray())!;
        Assert.Equal((id, 1, true), (line["id"]!.GetValue<Guid>(), (int)line["fromVersion"]!, (bool)line["canUpgrade"]!));
        Assert.Equal((1, 1, 0), ((int)line["counts"]!["create"]!, (int)line["counts"]!["none"]!, (int)line["counts"]!["delete"]!));
        Assert.Equal("second Create", $"{line["steps"]![0]!["node"]} {line["steps"]![0]!["action"]}");
        await PublishAsync(name, Text(name, "    second: { entity: network@1, config: { cidr: 10.1.0.0/16 } }\n"));
        var run = (await host.Owner.CallAsync(HttpMethod.Patch, $"/api/v1/environments/{id}", new JsonObject { ["version"] = 2 })).Json["run"]!;
        var plan = (await host.Owner.UntilAsync($"/api/v1/runs/{run}", answer => (string?)answer["state"] == "Succeeded", "the upgrade")).Json;
        Assert.Equal(2, (int)plan["stepsTotal"]!);
    }

    [Fact]
    public async Task What_keeps_an_environment_from_a_draft_is_a_sentence()
    {
        var name = host.Name("impact");
        await PublishAsync(name, Text(name));
        await EnvironmentAsync(name);
        await DraftAsync(name, Text(name, "  parameters: { type: object, required: [zone], properties: { zone: { type: string } } }\n"));

        var line = (await host.Admin.GetReplyAsync(At(name, "/impact"))).Json["environments"]![0]!;

        Assert.False((bool)line["canUpgrade"]!);
        Assert.Equal("parameters.zone", (string?)line["reasons"]![0]!["field"]);
        await DraftAsync(name, "kind: Blueprint\n");
        (await host.Admin.GetReplyAsync(At(name, "/impact"))).Problem(400);
        (await host.Admin.GetReplyAsync(At(name, "/impact?version=9"))).Problem(404);
        (await host.Admin.GetReplyAsync(At(name, "/impact?version=x"))).Problem(400, field: "version");
        (await host.Owner.GetReplyAsync(At(name, "/impact"))).Problem(403);
    }

    [Fact]
    public async Task A_version_that_is_used_is_deprecated_and_not_retired()
    {
        var name = host.Name("stages");
        await PublishAsync(name, Text(name));
        await PublishAsync(name, Text(name, "    second: { entity: network@1, config: { cidr: 10.1.0.0/16 } }\n"));
        var (id, _) = await EnvironmentAsync(name);
        var reason = new JsonObject { ["reason"] = "Its images are gone." };

        (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/versions/2/retire"), reason)).Problem(409, "VersionInUse");
        (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/versions/2/deprecate"), new JsonObject { ["reason"] = "" })).Problem(400, field: "reason");
        var deprecated = await host.Admin.CallAsync(HttpMethod.Post, At(name, "/versions/2/deprecate"), reason.DeepClone());
        Assert.Equal((200, "Deprecated", "Its images are gone."), (deprecated.Status, (string?)deprecated.Json["stage"], (string?)deprecated.Json["stageReason"]));
        (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/versions/2/deprecate"), reason.DeepClone())).Problem(409, "WrongState");

        Assert.Equal(["1 Published", "2 Deprecated"], (await host.Owner.GetReplyAsync(At(name, "/versions"))).Json["items"]!.AsArray().Select(line => $"{line!["version"]} {line["stage"]}"));
        var listed = (await host.Owner.GetReplyAsync($"/api/v1/blueprints?limit=500")).Json["items"]!.AsArray().Single(line => (string?)line!["name"] == name);
        Assert.Equal(1, (int)listed!["version"]!);
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/versions/1/retire"), reason.DeepClone())).Status);
        (await host.Owner.CallAsync(HttpMethod.Patch, $"/api/v1/environments/{id}", new JsonObject { ["version"] = 1 })).Problem(400, "VersionRetired", "version");
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/versions/1/reinstate"))).Status);
        await using var db = host.Storage.Directory.Open(TenantScope.All);
        var audit = await db.AuditEvents.Where(row => row.Subject == $"blueprint/{name}").OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["blueprint.deprecate", "blueprint.retire", "blueprint.reinstate"], audit.TakeLast(3));
    }

    [Fact]
    public async Task A_version_becomes_the_draft_again_over_the_draft_that_was_read()
    {
        var name = host.Name("restore");
        await PublishAsync(name, Text(name));
        await DraftAsync(name, Text(name, "    second: { entity: network@1, config: { cidr: 10.1.0.0/16 } }\n"));

        (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/versions/1/restore"))).Problem(400, field: "If-Match");
        (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/versions/1/restore"), null, ("If-Match", "\"1\""))).Problem(412);
        var diff = await host.Admin.GetReplyAsync(At(name, "/diff?from=1&to=draft"));
        Assert.Equal("second", (string?)diff.Json["added"]![0]);
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/versions/1/restore"), null, ("If-Match", "\"2\""))).Status);

        Assert.Equal(Text(name), (await host.Admin.GetReplyAsync(At(name, "/draft"))).Text);
        (await host.Owner.GetReplyAsync(At(name, "/diff?from=1&to=draft"))).Problem(403);
        (await host.Admin.GetReplyAsync(At(name, "/diff?from=1&to=newest"))).Problem(400, field: "to");
    }

    [Fact]
    public async Task A_derived_draft_is_made_once_and_says_when_its_base_moved_on()
    {
        var (name, own) = (host.Name("base"), host.Name("own"));
        await PublishAsync(name, Text(name));
        var wish = new JsonObject { ["name"] = own, ["noop"] = new JsonArray("network") };

        Assert.Equal(201, (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/derive"), wish)).Status);
        (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/derive"), wish.DeepClone())).Problem(409, "NameTaken", "name");
        (await host.Admin.CallAsync(HttpMethod.Post, At(name, "/derive"), new JsonObject { ["name"] = "Not A Slug" })).Problem(400, field: "name");
        await host.Admin.CallAsync(HttpMethod.Post, At(own, "/publish"), new JsonObject());
        await PublishAsync(name, Text(name, "    second: { entity: network@1, config: { cidr: 10.1.0.0/16 } }\n"));

        var life = (await host.Admin.GetReplyAsync(At(own))).Json;
        Assert.Equal((1, false, 1, 2), ((int)life["last"]!, (bool)life["draft"]!["differs"]!, (int)life["bases"]![0]!["publishedOn"]!, (int)life["bases"]![0]!["newest"]!));
        Assert.True((bool)life["draft"]!["mine"]!);
        (await host.Owner.GetReplyAsync(At(own))).Problem(403);
        (await host.Admin.GetReplyAsync(At("none"))).Problem(404);
    }
}
