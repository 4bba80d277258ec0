using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Tests.PublicApi;

/// <summary>Cloud accounts over the API: their credentials go in and never come out.</summary>
[Collection("api")]
public sealed class CloudAccountTests(ApiHost host)
{
    private const string Path = "/api/v1/cloud-accounts";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYTHESECRET";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_setup_names_the_vendors_principal_and_an_external_id_that_stays()
    {
        var made = await ConnectAsync(Wish());
        var externalId = (string)made["signIn"]!["externalId"]!;
        Assert.Equal("role", (string?)made["signIn"]!["kind"]);
        Assert.Equal("arn:aws:iam::123456789012:role/fabric", (string?)made["signIn"]!["roleArn"]);
        var setup = (await host.Owner.GetReplyAsync($"{Path}/{made["id"]}/setup")).Json;
        var trust = JsonNode.Parse((string)setup["steps"]!.AsArray().Single(step => (string?)step!["file"] == "trust-policy.json")!["content"]!)!["Statement"]![0]!;
        Assert.Equal("arn:aws:iam::999999999999:role/fabric", (string?)trust["Principal"]!["AWS"]);
        Assert.Equal(externalId, (string?)trust["Condition"]!["StringEquals"]!["sts:ExternalId"]);
        var key = await host.Owner.CallAsync(HttpMethod.Put, $"{Path}/{made["id"]}", Key());
        Assert.Equal(externalId, (string?)key.Json["signIn"]!["externalId"]);
        var back = await host.Owner.CallAsync(HttpMethod.Put, $"{Path}/{made["id"]}", new JsonObject { ["signIn"] = new JsonObject { ["kind"] = "role", ["roleArn"] = "arn:aws:iam::123456789012:role/mine" } });
        Assert.Equal((externalId, "arn:aws:iam::123456789012:role/mine", false), ((string?)back.Json["signIn"]!["externalId"], (string?)back.Json["signIn"]!["roleArn"], (bool)back.Json["hasSecret"]!));
        Assert.Null(back.Json["signIn"]!["accessKeyId"]);
        (await host.Owner.GetReplyAsync($"{Path}/{made["id"]}/setup?kind=handshake")).Problem(400, field: "kind");
    }

    [Theory]
    [InlineData("name", "\"No Name\"", "name")]
    [InlineData("name", "\"\"", "name")]
    [InlineData("cloud", "\"mars\"", "cloud")]
    [InlineData("account", "\"12345\"", "account")]
    [InlineData("regions", "[\"eu central\"]", "regions")]
    [InlineData("cell", "\"nowhere\"", "cell")]
    [InlineData("tenant", "\"nobody\"", "tenant")]
    [InlineData("signIn", "{\"kind\":\"handshake\"}", "signIn.kind")]
    [InlineData("signIn", "{\"kind\":\"role\",\"roleArn\":\"arn:aws:iam::210987654321:role/x\"}", "signIn.roleArn")]
    [InlineData("signIn", "{\"kind\":\"role\",\"externalId\":\"mine\"}", "signIn.externalId")]
    [InlineData("signIn", "{\"kind\":\"role\",\"roleArn\":5}", "signIn.roleArn")]
    [InlineData("signIn", "{\"kind\":\"access-key\",\"accessKeyId\":\"AKIAIOSFODNN7EXAMPLE\"}", "secret")]
    [InlineData("secret", "\"without a sign-in\"", "signIn")]
    public async Task What_is_wrong_is_said_at_its_field(string field, string value, string at)
    {
        var wish = Wish();
        wish[field] = JsonNode.Parse(value);
        (await host.Owner.CallAsync(HttpMethod.Post, Path, wish)).Problem(400, field: at);
    }

    [Fact]
    public async Task A_name_is_taken_once_and_free_again_when_it_is_deleted()
    {
        var wish = Wish();
        var made = await ConnectAsync(wish);
        (await host.Owner.CallAsync(HttpMethod.Post, Path, wish.DeepClone())).Problem(409, "NameTaken", "name");
        Assert.Equal(204, (await host.Owner.CallAsync(HttpMethod.Delete, $"{Path}/{made["id"]}")).Status);
        (await host.Owner.GetReplyAsync($"{Path}/{made["id"]}")).Problem(404, "NotFound");
        Assert.Equal(201, (await host.Owner.CallAsync(HttpMethod.Post, Path, wish.DeepClone())).Status);
    }

    [Fact]
    public async Task Sent_again_with_its_key_it_is_connected_once()
    {
        var wish = Wish();
        var key = ("Idempotency-Key", host.Name("connect"));
        var (first, second) = (await host.Owner.CallAsync(HttpMethod.Post, Path, wish, key), await host.Owner.CallAsync(HttpMethod.Post, Path, wish.DeepClone(), key));
        Assert.Equal((201, first.Text), (second.Status, second.Text));
    }

    [Fact]
    public async Task A_preflight_without_a_complete_sign_in_fails_with_rows_and_a_change_forgets_it()
    {
        var made = await ConnectAsync(Wish());
        var account = await RowAsync(made);
        await host.Storage.Cells.Get("local").Journal.CommitAsync(
            new JournalBatch().Change(account, account with { SignIn = new JsonObject { ["kind"] = "access-key" } }), Stop);
        var found = (await host.Owner.CallAsync(HttpMethod.Post, $"{Path}/{made["id"]}/preflight")).Json;
        Assert.Equal("Failed", (string?)found["state"]);
        Assert.All(found["checks"]!.AsArray(), check => Assert.Equal(("Sign-in", "Failed"), ((string?)check!["name"], (string?)check["result"])));
        var changed = (await host.Owner.CallAsync(HttpMethod.Put, $"{Path}/{made["id"]}", new JsonObject { ["regions"] = new JsonArray("eu-west-1") })).Json;
        Assert.Equal(("Unchecked", 0), ((string?)changed["state"], changed["checks"]!.AsArray().Count));
        Assert.Equal(
            ["cloud-account.create", "cloud-account.preflight", "cloud-account.change"],
            await host.Storage.Cells.Get("local").ReadAsync(TenantScope.Of("sample"), db => db.AuditEvents.Where(e => e.Subject == $"cloud-account/{account.Id}").OrderBy(e => e.Sequence).Select(e => e.Action).ToListAsync(Stop)));
    }

    [Fact]
    public async Task A_secret_is_in_no_answer_no_audit_and_no_file()
    {
        var wish = Wish();
        (wish["signIn"], wish["secret"]) = (Key()["signIn"]!.DeepClone(), Secret);
        var made = await host.Owner.CallAsync(HttpMethod.Post, Path, wish, ("Idempotency-Key", host.Name("secret")));
        Assert.True(made.Status == 201 && (bool)made.Json["hasSecret"]!, made.ToString());
        var id = (string)made.Json["id"]!;
        var wrong = Key();
        wrong["signIn"]!["accessKeyId"] = "no";
        var texts = new[]
        {
            made,
            await host.Owner.CallAsync(HttpMethod.Put, $"{Path}/{id}", Key(), ("Idempotency-Key", host.Name("secret"))),
            await host.Owner.CallAsync(HttpMethod.Put, $"{Path}/{id}", wrong),
            await host.Owner.CallAsync(HttpMethod.Put, $"{Path}/{id}", $$"""{ "signIn": { "kind": "access-key", "{{Secret}}": 5 """),
            await host.Owner.CallAsync(HttpMethod.Put, $"{Path}/{id}", new JsonObject { ["signIn"] = new JsonObject { ["kind"] = "role" }, ["secret"] = Secret }),
            await host.Owner.GetReplyAsync($"{Path}/{id}"),
            await host.Owner.GetReplyAsync($"{Path}/{id}/setup?kind=access-key"),
            await host.Admin.GetReplyAsync($"{Path}?limit=500"),
        }.Select(reply => reply.Text).ToList();
        var audit = await host.Storage.Cells.Get("local").ReadAsync(TenantScope.All, db => db.AuditEvents.Select(e => e.Message).ToListAsync(Stop));
        var events = await host.Storage.Cells.Get("local").ReadAsync(TenantScope.All, db => db.RunEvents.Select(e => e.Message).ToListAsync(Stop));
        Assert.Contains(audit, message => message.Contains((string)wish["name"]!, StringComparison.Ordinal));
        Assert.All(texts.Concat(audit).Concat(events), text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
        var row = await RowAsync(made.Json);
        Assert.NotNull(row.Sealed);
        AssertNoFileHolds(Encoding.UTF8.GetBytes(Secret));
    }

    [Fact]
    public async Task An_environment_made_in_accounts_needs_one_that_fits()
    {
        await PublishAsync();
        var wish = ApiHost.Wish(host.Name("vault"));
        (wish["blueprint"], wish["cloud"], wish["region"]) = ("vault-byoc", "aws", "eu-central-1");
        Assert.Contains("is made in a cloud account", (string?)(await CreateAsync(wish, null)).Problem(400, field: "account")["detail"], StringComparison.Ordinal);
        var mine = await ConnectAsync(Wish("eu-central-1"));
        (await CreateAsync(wish, "no-such-account")).Problem(400, "WrongAccount", "account");
        var far = Wish();
        far["cell"] = ApiHost.Far;
        (await CreateAsync(wish, (string)(await ConnectAsync(far))["name"]!)).Problem(400, "WrongAccount", "account");
        wish["region"] = "us-east-1";
        (await CreateAsync(wish, (string)mine["name"]!)).Problem(400, "RegionNotAllowed", "region");
        wish["region"] = "eu-central-1";
        var made = await CreateAsync(wish, (string)mine["name"]!);
        Assert.True(made.Status == 201, made.ToString());
        var shown = (await host.Owner.GetReplyAsync($"/api/v1/environments/{made.Json["id"]}")).Json["account"]!;
        Assert.Equal(((string?)mine["id"], (string?)mine["name"], "123456789012"), ((string?)shown["id"], (string?)shown["name"], (string?)shown["account"]));
        var refused = (await host.Owner.CallAsync(HttpMethod.Delete, $"{Path}/{mine["id"]}")).Problem(409, "AccountInUse");
        Assert.Contains((string)wish["name"]!, (string?)refused["detail"], StringComparison.Ordinal);
        (wish["cloud"], wish["region"], wish["name"]) = ("sandbox", "local", host.Name("vault"));
        (await CreateAsync(wish, (string)mine["name"]!)).Problem(400, "WrongAccount", "account");
    }

    private async Task PublishAsync()
    {
        const string Text = "apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: vault-byoc, title: Vault }\nspec:\n  nodes:\n    vault: { entity: vault@1 }\n";
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Put, "/api/v1/blueprints/vault-byoc/draft", Calls.Yaml(Text))).Status);
        Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Post, "/api/v1/blueprints/vault-byoc/publish", new JsonObject())).Status);
    }

    private Task<Reply> CreateAsync(JsonObject wish, string? account)
    {
        var named = (JsonObject)wish.DeepClone();
        named["account"] = account;
        return host.Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", named);
    }

    private JsonObject Wish(params string[] regions) => new()
    {
        ["tenant"] = "sample", ["name"] = host.Name("account"), ["cloud"] = "aws", ["account"] = "123456789012", ["regions"] = new JsonArray([.. regions.Select(region => (JsonNode)region)]),
    };

    private static JsonObject Key() => new()
    {
        ["signIn"] = new JsonObject { ["kind"] = "access-key", ["accessKeyId"] = "AKIAIOSFODNN7EXAMPLE" }, ["secret"] = Secret,
    };

    private async Task<JsonNode> ConnectAsync(JsonObject wish)
    {
        var reply = await host.Owner.CallAsync(HttpMethod.Post, Path, wish);
        Assert.True(reply.Status == 201, reply.ToString());
        Assert.Equal($"{Path}/{reply.Json["id"]}", reply.Location);
        return reply.Json;
    }

    private Task<Fabric.Workflows.Clouds.CloudAccount> RowAsync(JsonNode made)
    {
        var id = made["id"]!.GetValue<Guid>();
        return host.Storage.Cells.Get("local").ReadAsync(TenantScope.All, db => db.CloudAccounts.SingleAsync(row => row.Id == id, Stop));
    }

    private void AssertNoFileHolds(byte[] secret)
    {
        var files = Directory.GetFiles(host.Services.GetRequiredService<StorageOptions>().Data, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.Contains("local", StringComparison.Ordinal));
        foreach (var file in files.Where(file => !file.EndsWith("server.lock", StringComparison.Ordinal)))
        {
            Assert.True(ReadWhole(file).AsSpan().IndexOf(secret) < 0, $"{file} holds the secret");
        }
    }

    /// <summary>A write-ahead log grows, shrinks and goes while the server works.</summary>
    private static byte[] ReadWhole(string file)
    {
        try
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            open.CopyTo(copy);
            return copy.ToArray();
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
