using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;
using Fabric.Protocol.Sync;
using Fabric.Web.AgentApi;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;

namespace Fabric.Tests.AgentApi;

public sealed class SyncTests : IAsyncLifetime
{
    private AgentBed bed = null!;
    private AgentRecord agent = null!;
    private FabricEnvironment environment = null!;

    public async ValueTask InitializeAsync()
    {
        bed = await AgentBed.OpenAsync();
        (agent, environment) = await bed.ConnectAsync();
    }

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task The_first_sync_brings_everything_signed_and_addressed()
    {
        var intent = await bed.IntendAsync(agent, environment.Id, objects: """[{"kind":"ConfigMap"}]""");
        var reply = await bed.SyncAsync(agent);
        var payload = bed.Open(Assert.Single(reply.Intents));
        Assert.Equal(SyncKind.Full, reply.Kind);
        Assert.Equal([intent.EntityId], reply.Assigned!);
        Assert.Equal((agent.Id, "eu-1", bed.Cell.Incarnation, "prod"), (payload.AgentId, payload.Cell, payload.Incarnation, payload.EnvironmentName));
        Assert.Equal(IntentContent.Hash(payload), payload.ContentHash);
        Assert.Equal(SyncDigest.Compute([new(intent.EntityId, intent.Generation, payload.ContentHash)]), reply.Digest);
    }

    [Fact]
    public async Task Operation_and_health_rules_travel_in_the_signed_content()
    {
        await IntendAsync("""
            {"namespace":"fabric-prod","objects":[],
             "operation":{"name":"restart","steps":[{"type":"patch","target":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"patch":{"a":1},"patchType":"merge","timeoutSeconds":60},{"type":"wait","waitSeconds":5,"timeoutSeconds":65}]},
             "health":[{"target":{"apiVersion":"v1","kind":"ConfigMap"},"path":"data.a","value":"b","conditionStatus":"True"}]}
            """);
        var payload = bed.Open(Assert.Single((await bed.SyncAsync(agent)).Intents));
        Assert.Equal(("restart", 60, 5), (payload.Operation!.Name, payload.Operation.Steps[0].TimeoutSeconds, payload.Operation.Steps[1].WaitSeconds));
        Assert.Equal(("ConfigMap", "data.a", "b"), (payload.Health[0].Target.Kind, payload.Health[0].Path, payload.Health[0].Value));
        Assert.Equal(IntentContent.Hash(payload), payload.ContentHash);
    }

    [Fact]
    public async Task An_operation_in_the_words_of_an_earlier_version_keeps_what_stands_and_does_not_stop_the_sync()
    {
        await IntendAsync("""{"namespace":"fabric-prod","objects":[],"health":{"a":1},"operation":{"Name":"restart","Steps":[{"kind":"wait","Healthy":true}]}}""");
        var payload = bed.Open(Assert.Single((await bed.SyncAsync(agent)).Intents));
        Assert.Null(payload.Operation);
        Assert.Empty(payload.Health);
    }

    [Fact]
    public async Task A_delta_brings_what_is_above_the_cursor()
    {
        await bed.IntendAsync(agent, environment.Id);
        var first = await bed.SyncAsync(agent);
        var second = await bed.IntendAsync(agent, environment.Id);
        var reply = await bed.SyncAsync(agent, first);
        Assert.Equal(SyncKind.Delta, reply.Kind);
        Assert.Null(reply.Assigned);
        Assert.Equal(second.EntityId, bed.Open(Assert.Single(reply.Intents)).EntityId);
        Assert.Equal(second.Sequence, reply.Cursor);
    }

    [Fact]
    public async Task With_nothing_new_the_answer_is_an_empty_delta()
    {
        await bed.IntendAsync(agent, environment.Id);
        var first = await bed.SyncAsync(agent);
        var reply = await bed.SyncAsync(agent, first);
        Assert.Equal((SyncKind.Delta, first.Cursor, first.Digest), (reply.Kind, reply.Cursor, reply.Digest));
        Assert.Empty(reply.Intents);
    }

    [Fact]
    public async Task A_digest_that_differs_is_healed_by_everything()
    {
        await bed.IntendAsync(agent, environment.Id);
        var first = await bed.SyncAsync(agent);
        var reply = await bed.SyncAsync(agent, first with { Digest = "other" });
        Assert.Equal(SyncKind.Full, reply.Kind);
        Assert.Single(reply.Intents);
    }

    [Fact]
    public async Task Intents_of_other_agents_are_not_brought()
    {
        var other = await bed.EnvironmentAsync("other");
        await bed.IntendAsync(await bed.ReplaceAsync(other.Id), other.Id);
        Assert.Empty((await bed.SyncAsync(agent)).Intents);
    }

    [Fact]
    public async Task A_removal_is_brought_until_it_is_reported()
    {
        var applied = await bed.IntendAsync(agent, environment.Id);
        var first = await bed.SyncAsync(agent);
        var removal = await bed.IntendAsync(agent, environment.Id, applied, "remove");
        var second = await bed.SyncAsync(agent, first);
        Assert.Equal(IntentKind.Remove, bed.Open(Assert.Single(second.Intents)).Kind);
        await new AgentOwner(bed.Cell, agent.Id, bed.Time).ReportAsync(ReportTests.Request(agent, ReportTests.Of(removal, 1, ReportStatus.Removed)));
        var third = await bed.SyncAsync(agent, second with { Digest = SyncDigest.Compute([]) });
        Assert.Equal((SyncKind.Delta, SyncDigest.Compute([])), (third.Kind, third.Digest));
    }

    [Fact]
    public async Task A_commit_releases_a_sync_that_is_held()
    {
        await bed.IntendAsync(agent, environment.Id);
        var first = await bed.SyncAsync(agent);
        var held = bed.Syncs.AnswerAsync(bed.Cell, agent, bed.SyncRequest(agent, first, hold: 50), CancellationToken.None);
        Assert.False(held.IsCompleted);
        var intent = await bed.IntendAsync(agent, environment.Id);
        var reply = await held.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        Assert.Equal(intent.EntityId, bed.Open(Assert.Single(reply!.Intents)).EntityId);
    }

    [Fact]
    public async Task A_held_sync_ends_unanswered_when_the_agent_is_revoked()
    {
        await bed.IntendAsync(agent, environment.Id);
        var first = await bed.SyncAsync(agent);
        var held = bed.Syncs.AnswerAsync(bed.Cell, agent, bed.SyncRequest(agent, first, hold: 50), CancellationToken.None);
        await new AgentOwner(bed.Cell, agent.Id, bed.Time).RevokeAsync(Storage.Rows.Audit(action: "agent.revoke"));
        Assert.Null(await held.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Standby_is_answered_at_once_and_with_nothing()
    {
        await bed.IntendAsync(agent, environment.Id);
        var reply = await bed.Syncs.AnswerAsync(bed.Cell, agent, bed.SyncRequest(agent, hold: 50) with { Standby = true }, CancellationToken.None);
        Assert.Equal((SyncKind.Delta, 0L), (reply!.Kind, reply.Cursor));
        Assert.Empty(reply.Intents);
    }

    [Fact]
    public async Task An_agent_of_an_older_incarnation_gets_nothing_until_a_person_accepted()
    {
        await bed.IntendAsync(agent, environment.Id);
        var old = bed.SyncRequest(agent) with { Incarnation = bed.Cell.Incarnation - 1 };
        var waiting = await bed.Syncs.AnswerAsync(bed.Cell, agent with { Incarnation = old.Incarnation }, old, CancellationToken.None);
        Assert.Empty(waiting!.Intents);
        Assert.Null(waiting.IncarnationNotice);
        Assert.True(waiting.NextDelaySeconds >= 1);
        var accepted = await bed.Syncs.AnswerAsync(bed.Cell, agent, old, CancellationToken.None);
        var notice = Fabric.Protocol.Crypto.SignedMessage.OpenIncarnation(accepted!.IncarnationNotice!, bed.Trusted);
        Assert.True(notice.IsTrusted);
        Assert.Equal((old.Incarnation, bed.Cell.Incarnation), (notice.Value!.Previous, notice.Value.Current));
    }

    private async Task IntendAsync(string content)
    {
        var intent = await bed.IntendAsync(agent, environment.Id);
        await bed.Cell.Journal.CommitAsync(new Fabric.Workflows.Persistence.JournalBatch().Put(intent with { Kind = "operation", Payload = content }));
    }
}
