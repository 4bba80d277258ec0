using System.Text.Json.Nodes;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fabric.Tests.PublicApi;

/// <summary>A write that names an Idempotency-Key is carried out once.</summary>
[Collection("api")]
public sealed class RepeatedWritesTests(ApiHost host)
{
    private const string Header = "Idempotency-Key";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_creation_sent_again_gets_the_same_answer_and_makes_nothing()
    {
        var wish = ApiHost.Wish(host.Name("twice"));
        var first = await PostAsync("/api/v1/environments", wish, "create-1");
        var again = await PostAsync("/api/v1/environments", wish, "create-1");
        Assert.Equal(201, first.Status);
        AssertSame(first, again);
        var listed = (await host.Owner.GetReplyAsync("/api/v1/environments?limit=500")).Json["items"]!.AsArray();
        Assert.Single(listed, item => (string?)item!["name"] == (string?)wish["name"]);
    }

    [Fact]
    public async Task Every_kind_of_change_sent_again_starts_no_second_run()
    {
        var (id, _) = await host.EnvironmentAsync();
        (HttpMethod Method, string Path, object? Body)[] writes =
        [
            (HttpMethod.Patch, $"/api/v1/environments/{id}/parameters", new JsonObject { ["servers"] = 4 }),
            (HttpMethod.Patch, $"/api/v1/environments/{id}", new JsonObject { ["version"] = 1 }),
            (HttpMethod.Post, $"/api/v1/environments/{id}/runs", new JsonObject { ["kind"] = "check" }),
            (HttpMethod.Delete, $"/api/v1/environments/{id}", null),
        ];
        foreach (var (method, path, body) in writes)
        {
            var first = await host.Owner.CallAsync(method, path, body, (Header, $"{method}-{path}"));
            Assert.True(first.Status == 202, first.ToString());
            var runs = await RunsAsync(id);
            AssertSame(first, await host.Owner.CallAsync(method, path, body, (Header, $"{method}-{path}")));
            Assert.Equal(runs, await RunsAsync(id));
        }
    }

    [Fact]
    public async Task A_word_on_a_run_sent_again_is_said_once()
    {
        var (_, run) = await host.EnvironmentAsync();
        var path = $"/api/v1/runs/{run}/cancel";
        var first = await PostAsync(path, new JsonObject { ["message"] = "No." }, "cancel-1");
        Assert.Equal(200, first.Status);
        AssertSame(first, await PostAsync(path, new JsonObject { ["message"] = "No." }, "cancel-1"));
        Assert.Equal(1, await AuditsAsync($"run/{run}", "run.cancel"));
    }

    [Fact]
    public async Task A_token_made_by_a_repeated_call_is_told_again_and_its_answer_is_sealed_at_rest()
    {
        var wish = new JsonObject { ["name"] = "once", ["role"] = "viewer", ["expiresAt"] = host.Clock.GetUtcNow().AddDays(9).ToString("O") };
        var first = await PostAsync("/api/v1/tokens", wish, "token-1");
        Assert.Equal(201, first.Status);
        AssertSame(first, await PostAsync("/api/v1/tokens", wish, "token-1"));
        await using var db = host.Storage.Directory.Open(TenantScope.All);
        var row = await db.IdempotencyKeys.SingleAsync(kept => kept.Key == "token-1", Stop);
        Assert.DoesNotContain("fab_", System.Text.Encoding.UTF8.GetString(row.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_and_its_publication_sent_again_raise_no_version()
    {
        const string Text = "apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: once, title: Once }\nspec:\n  nodes:\n    ask: { gate: approval, by: customer }\n";
        for (var i = 0; i < 2; i++)
            Assert.Equal(200, (await host.Admin.CallAsync(HttpMethod.Put, "/api/v1/blueprints/once/draft", Calls.Yaml(Text), (Header, "draft-1"))).Status);
        Assert.Equal("\"1\"", (await host.Admin.GetReplyAsync("/api/v1/blueprints/once/draft")).Headers.ETag!.ToString());
        var first = await host.Admin.CallAsync(HttpMethod.Post, "/api/v1/blueprints/once/publish", new JsonObject(), (Header, "publish-1"));
        AssertSame(first, await host.Admin.CallAsync(HttpMethod.Post, "/api/v1/blueprints/once/publish", new JsonObject(), (Header, "publish-1")));
        Assert.Equal(1, (int)first.Json["version"]!);
        (await host.Admin.GetReplyAsync("/api/v1/blueprints/once/versions/2")).Problem(404);
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused_and_names_the_header()
    {
        var wish = ApiHost.Wish(host.Name("other-body"));
        Assert.Equal(201, (await PostAsync("/api/v1/environments", wish, "reused")).Status);
        wish["region"] = "elsewhere";
        (await PostAsync("/api/v1/environments", wish, "reused")).Problem(422, "KeyReused", Header);
        (await PostAsync("/api/v1/tokens", new JsonObject(), "reused")).Problem(422, "KeyReused", Header);
    }

    [Fact]
    public async Task Another_caller_may_choose_the_same_key()
    {
        Assert.Equal(201, (await PostAsync("/api/v1/environments", ApiHost.Wish(host.Name("mine")), "shared-key")).Status);
        var theirs = await host.As(Role.Owner, ApiHost.Other).CallAsync(HttpMethod.Post, "/api/v1/environments", ApiHost.Wish(host.Name("theirs"), ApiHost.Other), (Header, "shared-key"));
        Assert.Equal(201, theirs.Status);
        Assert.False(theirs.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_second_request_while_the_first_runs_is_asked_to_wait()
    {
        var body = ApiHost.Wish(host.Name("race"));
        var actor = new Actor(await host.IdAsync(host.Owner), "Owner", ActorKind.Token, "sample", Role.Owner);
        var running = host.Services.GetRequiredService<RunningCalls>();
        using (running.TryBegin(actor, new Once("race", "another hash"), out _))
            (await PostAsync("/api/v1/environments", body, "race")).Problem(422, "KeyReused", Header);
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("/api/v1/environments", body, "race")));
        Assert.All(all, reply => Assert.True(reply.Status is 201 || (reply.Status is 409 && (string?)reply.Json["code"] == "RequestRunning"), reply.ToString()));
        Assert.Single(all.Where(reply => reply.Status == 201).Select(reply => reply.Text).Distinct());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task A_key_that_is_none_is_refused(string? key) =>
        (await PostAsync("/api/v1/environments", ApiHost.Wish(host.Name("no-key")), key ?? new string('k', 256))).Problem(400, field: Header);

    [Fact]
    public async Task A_refused_write_is_checked_anew_when_it_is_sent_again()
    {
        var name = host.Name("later");
        var wish = ApiHost.Wish(name);
        wish["blueprint"] = "not-there-yet";
        (await PostAsync("/api/v1/environments", wish, "later")).Problem(400, field: "blueprint");
        wish["blueprint"] = "pinot-byoc";
        Assert.Equal(201, (await PostAsync("/api/v1/environments", wish, "later")).Status);
    }

    [Fact]
    public async Task After_a_day_the_key_is_free_again()
    {
        var (id, _) = await host.EnvironmentAsync();
        var path = $"/api/v1/environments/{id}/runs";
        var body = new JsonObject { ["kind"] = "check" };
        var first = await PostAsync(path, body, "yesterday");
        host.Clock.Advance(KeptAnswers.Life + TimeSpan.FromMinutes(1));
        var next = await PostAsync(path, body, "yesterday");
        Assert.Equal(202, next.Status);
        Assert.NotEqual(first.Text, next.Text);
    }

    [Fact]
    public async Task An_enrolment_sent_again_tells_the_same_token_and_makes_one_right()
    {
        var wish = ApiHost.Wish(host.Name("cluster"));
        (wish["blueprint"], wish["cloud"]) = ("pinot-byok", "kubernetes");
        wish["adopted"] = JsonNode.Parse("""
            {"network":{"networkId":"net-1","subnetIds":["s-1"]},"kubernetes":{"cluster":"test","endpoint":"https://127.0.0.1"},
             "storage":{"bucket":"s3://pinot"},"workload-identity":{"role":"pinot"}}
            """);
        var created = await PostAsync("/api/v1/environments", wish, "enrol-0");
        Assert.True(created.Status == 201, created.ToString());
        var id = created.Json["id"]!.GetValue<Guid>();
        var first = await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/enrollments", null, (Header, "enrol-1"));
        Assert.Equal(200, first.Status);
        AssertSame(first, await host.Owner.CallAsync(HttpMethod.Post, $"/api/v1/environments/{id}/enrollments", null, (Header, "enrol-1")));
        await using var db = host.Storage.Cells.Get("local").Open(TenantScope.All);
        Assert.Equal(1, await db.Enrollments.CountAsync(row => row.EnvironmentId == id, Stop));
    }

    [Fact]
    public async Task An_agent_revoked_by_a_repeated_call_is_revoked_once()
    {
        var agent = new AgentRecord
        {
            Id = Guid.CreateVersion7(), Tenant = "sample", Name = "once", ClusterUid = "once", SigningKey = "{}", SealingKey = "{}", Version = "1.0", EnrolledAt = host.Clock.GetUtcNow(),
        };
        await host.Storage.Cells.Get("local").Journal.CommitAsync(new JournalBatch().Add(agent), Stop);
        var first = await host.Owner.CallAsync(HttpMethod.Delete, $"/api/v1/agents/{agent.Id}", null, (Header, "revoke-1"));
        Assert.Equal(204, first.Status);
        AssertSame(first, await host.Owner.CallAsync(HttpMethod.Delete, $"/api/v1/agents/{agent.Id}", null, (Header, "revoke-1")));
        Assert.Equal(1, await AuditsAsync($"agent/{agent.Id}", "agent.revoke"));
    }

    [Fact]
    public async Task Old_answers_are_forgotten_in_every_database()
    {
        var (id, _) = await host.EnvironmentAsync();
        await PostAsync($"/api/v1/environments/{id}/runs", new JsonObject { ["kind"] = "check" }, "old-cell");
        await PostAsync("/api/v1/tokens", new JsonObject { ["name"] = "old", ["role"] = "viewer", ["expiresAt"] = host.Clock.GetUtcNow().AddDays(9).ToString("O") }, "old-directory");
        await using var cell = host.Storage.Cells.Get("local").Open(TenantScope.All);
        await using var directory = host.Storage.Directory.Open(TenantScope.All);
        Assert.Equal((1, 1), (await cell.IdempotencyKeys.CountAsync(row => row.Key == "old-cell", Stop), await directory.IdempotencyKeys.CountAsync(row => row.Key == "old-directory", Stop)));
        host.Clock.Advance(KeptAnswers.Life + TimeSpan.FromMinutes(1));
        await host.Services.GetServices<IHostedService>().OfType<AnswerRetention>().Single().ForgetAsync(Stop);
        Assert.Equal((0, 0), (await cell.IdempotencyKeys.CountAsync(row => row.Key == "old-cell", Stop), await directory.IdempotencyKeys.CountAsync(row => row.Key == "old-directory", Stop)));
    }

    private Task<Reply> PostAsync(string path, JsonNode body, string key) => host.Owner.CallAsync(HttpMethod.Post, path, body, (Header, key));

    private async Task<int> RunsAsync(Guid environment)
    {
        await using var db = host.Storage.Cells.Get("local").Open(TenantScope.All);
        return await db.Runs.CountAsync(run => run.EnvironmentId == environment, Stop);
    }

    private async Task<int> AuditsAsync(string subject, string action)
    {
        await using var db = host.Storage.Cells.Get("local").Open(TenantScope.All);
        return await db.AuditEvents.CountAsync(row => row.Subject == subject && row.Action == action, Stop);
    }

    private static void AssertSame(Reply first, Reply again)
    {
        Assert.Equal((first.Status, first.Text, first.Location, first.ContentType), (again.Status, again.Text, again.Location, again.ContentType));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
    }
}
