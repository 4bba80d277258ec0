using System.Text.Json.Nodes;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.PublicApi;

/// <summary>API tokens: who may make which, how long they hold, what they open.</summary>
[Collection("api")]
public sealed class TokenTests(ApiHost host)
{
    private const string Tokens = "/api/v1/tokens";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_works_shows_its_last_use_and_ends_when_it_is_revoked()
    {
        var made = await host.Owner.CallAsync(HttpMethod.Post, Tokens, Wish("editor"));
        Assert.True(made.Status == 201, made.ToString());
        var id = made.Json["id"]!.GetValue<Guid>();
        Assert.Equal($"{Tokens}/{id}", made.Location);
        using var bearer = host.With((string)made.Json["token"]!);
        Assert.Null((string?)(await ListedAsync(id))["lastUsedAt"]);
        Assert.Equal(200, (await bearer.GetReplyAsync("/api/v1/environments")).Status);
        Assert.NotNull((string?)(await ListedAsync(id))["lastUsedAt"]);
        Assert.Equal(204, (await host.Owner.CallAsync(HttpMethod.Delete, $"{Tokens}/{id}")).Status);
        (await bearer.GetReplyAsync("/api/v1/environments")).Problem(401);
        Assert.NotNull((string?)(await ListedAsync(id))["revokedAt"]);
        await using var db = host.Storage.Directory.Open(TenantScope.Of("sample"));
        Assert.Equal(["token.create", "token.revoke"], await db.AuditEvents.Where(row => row.Subject == $"token/{id}").OrderBy(row => row.Sequence).Select(row => row.Action).ToListAsync(Stop));
    }

    [Fact]
    public async Task Only_the_hash_is_stored_and_no_list_tells_a_secret()
    {
        var secret = (string)(await host.Owner.CallAsync(HttpMethod.Post, Tokens, Wish("viewer"))).Json["token"]!;
        Assert.DoesNotContain(secret, (await host.Owner.GetReplyAsync(Tokens)).Text, StringComparison.Ordinal);
        await using var db = host.Storage.Directory.Open(TenantScope.All);
        var row = await db.ApiTokens.SingleAsync(token => token.Hash == TokenStore.Hash(secret), Stop);
        Assert.DoesNotContain(secret, row.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_ends_at_its_time()
    {
        using var brief = host.With((await host.TokenAsync(Role.Viewer, "sample", host.Clock.GetUtcNow().AddHours(1))).Secret);
        Assert.Equal(200, (await brief.GetReplyAsync("/api/v1/environments")).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        (await brief.GetReplyAsync("/api/v1/environments")).Problem(401);
    }

    [Theory]
    [InlineData("admin", "role")]
    [InlineData("5", "role")]
    [InlineData("king", "role")]
    public async Task An_owner_makes_tokens_of_customer_roles_alone(string role, string field) =>
        (await host.Owner.CallAsync(HttpMethod.Post, Tokens, Wish(role))).Problem(400, field: field);

    [Fact]
    public async Task An_admin_makes_vendor_tokens_and_none_that_speaks_for_a_customer()
    {
        Assert.Equal(201, (await host.Admin.CallAsync(HttpMethod.Post, Tokens, Wish("sre"))).Status);
        (await host.Admin.CallAsync(HttpMethod.Post, Tokens, Wish("owner"))).Problem(400, field: "role");
    }

    [Theory]
    [InlineData(-1, "expiresAt")]
    [InlineData(367, "expiresAt")]
    [InlineData(null, "expiresAt")]
    public async Task A_token_needs_an_end_within_a_year(int? days, string field)
    {
        var wish = Wish("viewer");
        wish["expiresAt"] = days is null ? null : host.Clock.GetUtcNow().AddDays(days.Value).ToString("O");
        (await host.Owner.CallAsync(HttpMethod.Post, Tokens, wish)).Problem(400, field: field);
    }

    [Fact]
    public async Task Scopes_hold_a_token_to_its_purpose()
    {
        using var reader = await host.ClientAsync(Role.Owner, "sample", "environments:read", "tokens:write");
        Assert.Equal(200, (await reader.GetReplyAsync("/api/v1/environments")).Status);
        (await reader.CallAsync(HttpMethod.Post, "/api/v1/environments", ApiHost.Wish("x"))).Problem(403, "ScopeMissing");
        (await reader.GetReplyAsync("/api/v1/agents")).Problem(403, "ScopeMissing");
        var page = await reader.GetReplyAsync("/portal");
        Assert.Equal(401, page.Status);
        (await reader.CallAsync(HttpMethod.Post, Tokens, Wish("viewer"))).Problem(400, field: "scopes");
        var within = Wish("viewer");
        within["scopes"] = new JsonArray("environments:read");
        Assert.Equal(201, (await reader.CallAsync(HttpMethod.Post, Tokens, within)).Status);
        within["scopes"] = new JsonArray("everything");
        (await host.Owner.CallAsync(HttpMethod.Post, Tokens, within)).Problem(400, field: "scopes");
    }

    [Fact]
    public async Task A_token_made_by_a_token_does_not_outlive_it()
    {
        using var maker = host.With((await host.TokenAsync(Role.Owner, "sample", host.Clock.GetUtcNow().AddDays(2))).Secret);
        (await maker.CallAsync(HttpMethod.Post, Tokens, Wish("viewer"))).Problem(400, field: "expiresAt");
    }

    [Fact]
    public async Task A_customers_token_opens_the_customers_gate()
    {
        var (_, run) = await host.EnvironmentAsync();
        await host.Owner.UntilAsync($"/api/v1/runs/{run}", answer => answer["steps"]!.AsArray().Any(step => (string?)step!["state"] == "AwaitingApproval"), "the gate to ask");
        var step = await host.Admin.CallAsync(HttpMethod.Post, $"/api/v1/runs/{run}/steps/approve/approve", new JsonObject());
        Assert.True(step.Status == 403 || (string?)step.Json["state"] == "AwaitingApproval", step.ToString());
        var opened = await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/runs/{run}/steps/approve/approve", new JsonObject());
        Assert.True(opened.Status == 200, opened.ToString());
        Assert.NotEqual("AwaitingApproval", (string?)opened.Json["state"]);
    }

    private JsonObject Wish(string role) => new() { ["name"] = "pipeline", ["role"] = role, ["expiresAt"] = host.Clock.GetUtcNow().AddDays(30).ToString("O") };

    private async Task<JsonNode> ListedAsync(Guid id) =>
        (await host.Owner.GetReplyAsync($"{Tokens}?limit=500")).Json["items"]!.AsArray().Single(item => item!["id"]!.GetValue<Guid>() == id)!;
}
