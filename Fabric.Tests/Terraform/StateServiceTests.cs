using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Storage;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform;

/// <summary>What the state service takes and what it refuses, asked over HTTP as Terraform does.</summary>
public sealed class StateServiceTests : IAsyncLifetime
{
    private TerraformBed bed = null!;
    private FabricEnvironment environment = null!;
    private Entity entity = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bed = await TerraformBed.OpenAsync(Stop);
        environment = await bed.CreateAsync(SmallModule.Blueprint("first"), SmallModule.Values(1));
        entity = Rows.Entity(environment.Id, tenant: "sample");
    }

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task A_state_is_written_read_back_byte_for_byte_and_kept_version_by_version()
    {
        var (lease, client) = await LeaseAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await client.GetAsync(Path(lease), Stop)).StatusCode);
        await LockAsync(client, lease, "one");

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, lease, State(1, 2), "one")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, lease, State(2, 3), "one")).StatusCode);

        Assert.Equal(State(2, 3), await client.GetStringAsync(Path(lease), Stop));
        var versions = await bed.Bed.ReadAsync(db => db.StateVersions.OrderBy(v => v.Number).ToListAsync(Stop));
        Assert.Equal([(1L, 2), (2L, 3)], versions.Select(v => (v.Serial, v.Resources)));
        Assert.Equal(State(1, 2), Encoding.UTF8.GetString((await bed.Shop.States.ReadAsync(entity.Id, 1, Stop))!));
    }

    [Fact]
    public async Task A_version_says_who_asked_for_the_run_that_wrote_it()
    {
        var (lease, client) = await LeaseAsync();
        await bed.Bed.Cell.Journal.CommitAsync(new JournalBatch().Add(Rows.Run(environment.Id, 9, entity.Tenant) with { Id = lease.RunId, ActorName = "Olivia" }), Stop);
        await LockAsync(client, lease, "one");

        await PostAsync(client, lease, State(1, 2), "one");

        Assert.Equal($"Run of {lease.Node}, asked for by Olivia", (await bed.Shop.States.CurrentAsync(entity.Id, Stop))!.Writer);
    }

    [Fact]
    public async Task A_repeat_after_a_lost_reply_is_taken_and_writes_nothing()
    {
        var (lease, client) = await LeaseAsync();
        await LockAsync(client, lease, "one");
        await PostAsync(client, lease, State(1, 2), "one");

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, lease, State(1, 2), "one")).StatusCode);
        Assert.Equal(1, await CountAsync());
    }

    [Theory]
    [InlineData("a lower serial", 409)]
    [InlineData("the same serial with another text", 409)]
    [InlineData("a foreign lineage", 409)]
    [InlineData("a wrong lock", 423)]
    [InlineData("no lock", 423)]
    [InlineData("a truncated body", 400)]
    [InlineData("a wrong checksum", 400)]
    [InlineData("no JSON", 400)]
    [InlineData("no resources", 409)]
    public async Task What_does_not_fit_is_refused_audited_and_changes_nothing(string what, int status)
    {
        var (lease, client) = await LeaseAsync();
        await LockAsync(client, lease, "one");
        await PostAsync(client, lease, State(5, 2), "one");

        using var answer = what switch
        {
            "a lower serial" => await PostAsync(client, lease, State(4, 2), "one"),
            "the same serial with another text" => await PostAsync(client, lease, State(5, 3), "one"),
            "a foreign lineage" => await PostAsync(client, lease, State(6, 2, "other"), "one"),
            "a wrong lock" => await PostAsync(client, lease, State(6, 2), "two"),
            "no lock" => await PostAsync(client, lease, State(6, 2), null),
            "a truncated body" => await PostAsync(client, lease, State(6, 2)[..^20], "one"),
            "a wrong checksum" => await PostAsync(client, lease, State(6, 2), "one", checksum: "AAAAAAAAAAAAAAAAAAAAAA=="),
            "no JSON" => await PostAsync(client, lease, "nonsense", "one"),
            _ => await PostAsync(client, lease, State(6, 0), "one"),
        };

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(State(5, 2), await client.GetStringAsync(Path(lease), Stop));
        Assert.Equal(1, await CountAsync());
        Assert.Contains(await bed.Bed.ReadAsync(db => db.AuditEvents.ToListAsync(Stop)), audit => audit.Action == "state.refused");
    }

    [Fact]
    public async Task A_second_lock_is_refused_with_the_holders_details()
    {
        var (lease, client) = await LeaseAsync();
        await LockAsync(client, lease, "one");
        var (other, second) = await LeaseAsync();

        using var refused = await second.SendAsync(new HttpRequestMessage(new HttpMethod("LOCK"), Path(other)) { Content = new StringContent(Info("two")) }, Stop);

        Assert.Equal(HttpStatusCode.Locked, refused.StatusCode);
        Assert.Equal("one", JsonNode.Parse(await refused.Content.ReadAsStringAsync(Stop))!["ID"]!.ToString());
        using var stolen = await second.SendAsync(new HttpRequestMessage(new HttpMethod("UNLOCK"), Path(other)) { Content = new StringContent(Info("one")) }, Stop);
        Assert.Equal(HttpStatusCode.Locked, stolen.StatusCode);
    }

    [Fact]
    public async Task A_late_push_of_a_lost_lease_is_kept_aside_and_not_in_force()
    {
        var (lease, client) = await LeaseAsync();
        await LockAsync(client, lease, "one");
        await PostAsync(client, lease, State(1, 2), "one");
        await bed.Shop.Leases.EndAsync(lease, LeaseResult.Killed, "gone", Stop);

        using var late = await PostAsync(client, lease, State(2, 3), "one");

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(1, (await bed.Shop.States.CurrentAsync(entity.Id, Stop))!.Serial);
        Assert.True((await bed.Bed.ReadAsync(db => db.StateVersions.SingleAsync(v => v.Serial == 2, Stop))).Aside);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Path(lease), Stop)).StatusCode);
    }

    [Fact]
    public async Task A_late_push_that_is_the_only_version_there_is_can_be_brought_into_force()
    {
        var (lease, client) = await LeaseAsync();
        await LockAsync(client, lease, "one");
        await bed.Shop.Leases.EndAsync(lease, LeaseResult.Killed, "gone", Stop);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(client, lease, State(3, 2), "one")).StatusCode);
        Assert.Null(await bed.Shop.States.CurrentAsync(entity.Id, Stop));

        Assert.True((await bed.Shop.States.RestoreAsync(Support.EngineBed.Person, entity.Id, 1, "it is what was made", Stop)).IsGood);
        Assert.Equal((4, 2), ((int)(await bed.Shop.States.CurrentAsync(entity.Id, Stop))!.Serial, (await bed.Shop.States.CurrentAsync(entity.Id, Stop))!.Resources));
    }

    [Fact]
    public async Task A_push_whose_token_has_expired_is_kept_aside_too()
    {
        var (lease, client) = await LeaseAsync();
        await LockAsync(client, lease, "one");
        await bed.Shop.Leases.WriteAsync(lease, lease with { ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(-1) }, [], Stop);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(client, lease, State(1, 2), "one")).StatusCode);
        Assert.Null(await bed.Shop.States.CurrentAsync(entity.Id, Stop));
        Assert.Single(await bed.Bed.ReadAsync(db => db.StateVersions.Where(version => version.Aside).ToListAsync(Stop)));
    }

    [Fact]
    public async Task An_expired_token_another_leases_and_a_strangers_open_nothing()
    {
        var (lease, client) = await LeaseAsync();
        var foreign = (await LeaseAsync(Rows.Entity(environment.Id, tenant: "other"))).Client;
        Assert.Equal(HttpStatusCode.Forbidden, (await foreign.GetAsync(Path(lease), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(foreign, lease, State(1, 1), "one")).StatusCode);
        client.DefaultRequestHeaders.Authorization = Basic(lease.Id, "a-guess");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Path(lease), Stop)).StatusCode);
        client.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Path(lease), Stop)).StatusCode);

        var (old, late) = await LeaseAsync();
        await bed.Shop.Leases.WriteAsync(old, old with { ExpiresAt = DateTimeOffset.UtcNow.AddSeconds(-1) }, [], Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, (await late.GetAsync(Path(old), Stop)).StatusCode);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Larger_than_twenty_megabytes_is_taken_and_deleting_while_resources_stand_is_not()
    {
        var (lease, client) = await LeaseAsync();
        await LockAsync(client, lease, "one");
        var large = State(1, 1, filler: new string('x', 40 << 20));

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, lease, large, "one")).StatusCode);
        Assert.Equal(large.Length, (await client.GetStringAsync(Path(lease), Stop)).Length);
        Assert.Equal(HttpStatusCode.Conflict, (await client.DeleteAsync(Path(lease), Stop)).StatusCode);
        Assert.DoesNotContain("xxxxxxxx", Encoding.ASCII.GetString((await bed.Bed.ReadAsync(db => db.StateBodies.SingleAsync(Stop))).Sealed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_is_a_new_version_with_a_higher_serial_and_the_actors_reason()
    {
        var (lease, client) = await LeaseAsync();
        await LockAsync(client, lease, "one");
        await PostAsync(client, lease, State(1, 2), "one");
        await PostAsync(client, lease, State(2, 5), "one");
        Assert.Equal(Workflows.Executors.Terraform.State.StateVerdict.Locked, (await bed.Shop.States.RestoreAsync(Support.EngineBed.Person, entity.Id, 1, "too much", Stop)).Verdict);
        await bed.Shop.EndAsync(lease, LeaseResult.Succeeded, "", Stop);

        Assert.True((await bed.Shop.States.RestoreAsync(Support.EngineBed.Person, entity.Id, 1, "too much", Stop)).IsGood);
        var current = await bed.Shop.States.CurrentAsync(entity.Id, Stop);
        Assert.Equal((3L, 2, "too much", "Pia"), (current!.Serial, current.Resources, current.Reason, current.Writer));
    }

    private static string State(long serial, int resources, string lineage = "here", string filler = "") => new JsonObject
    {
        ["version"] = 4,
        ["serial"] = serial,
        ["lineage"] = lineage,
        ["outputs"] = new JsonObject { ["filler"] = new JsonObject { ["value"] = filler, ["type"] = "string" } },
        ["resources"] = new JsonArray([.. Enumerable.Range(0, resources).Select(i => JsonNode.Parse($$$"""{"mode":"managed","type":"t","name":"n{{{i}}}","instances":[{"attributes":{"id":"{{{i}}}"}}]}"""))]),
    }.ToJsonString();

    private static string Info(string id) => $$"""{"ID":"{{id}}","Operation":"OperationTypeApply","Who":"somebody","Created":"2026-01-01T00:00:00Z"}""";

    private static AuthenticationHeaderValue Basic(Guid id, string token) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{token}")));

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, Lease lease, string text, string? lockId, string? checksum = null)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
#pragma warning disable CA5351 // The protocol's own checksum.
        body.Headers.Add("Content-MD5", checksum ?? Convert.ToBase64String(MD5.HashData(Encoding.UTF8.GetBytes(text))));
#pragma warning restore CA5351
        return await client.PostAsync(Path(lease) + (lockId is null ? "" : $"?ID={lockId}"), body, Stop);
    }

    private static string Path(Lease lease) => $"/terraform/v1/local/{lease.EntityId}";

    private static async Task LockAsync(HttpClient client, Lease lease, string id)
    {
        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod("LOCK"), Path(lease)) { Content = new StringContent(Info(id)) }, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<int> CountAsync() => bed.Bed.ReadAsync(db => db.StateVersions.CountAsync(v => !v.Aside, Stop));

    private async Task<(Lease Lease, HttpClient Client)> LeaseAsync(Entity? of = null)
    {
        of ??= entity;
        var run = Rows.Run(environment.Id, tenant: of.Tenant);
        var step = new StepContext { Environment = environment with { Tenant = of.Tenant }, Run = run, Step = Rows.Step(environment.Id, run.Id, tenant: of.Tenant), Entity = of };
        var (lease, token) = bed.Shop.Leases.Make(step, LeaseKind.Apply, 1, "/nowhere", null, []);
        await bed.Bed.Cell.Journal.CommitAsync(new JournalBatch().Add(lease), Stop);
        var client = new HttpClient { BaseAddress = bed.Address };
        client.DefaultRequestHeaders.Authorization = Basic(lease.Id, token);
        return (lease, client);
    }
}
