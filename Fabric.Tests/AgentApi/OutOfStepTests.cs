using Fabric.Protocol.Sync;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.AgentApi;

/// <summary>A digest that everything does not bring in order is met at leisure.</summary>
public sealed class OutOfStepTests : IAsyncLifetime
{
    private AgentBed bed = null!;
    private AgentRecord agent = null!;
    private FabricEnvironment environment = null!;
    private SyncReply odd = null!;

    public async ValueTask InitializeAsync()
    {
        bed = await AgentBed.OpenAsync();
        (agent, environment) = await bed.ConnectAsync();
        await bed.IntendAsync(agent, environment.Id, objects: """[{"kind":"Secret","stringData":{"a":"${secret.pw}"}}]""");
        odd = await bed.SyncAsync(agent) with { Digest = "other" };
        Assert.Equal(SyncKind.Full, (await bed.SyncAsync(agent, odd)).Kind);
    }

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task The_next_full_sync_is_a_minute_away_and_no_secret_is_opened_before()
    {
        var looks = await LooksAsync();
        bed.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(SyncKind.Delta, (await bed.SyncAsync(agent, odd)).Kind);
        Assert.Equal(looks, await LooksAsync());
        bed.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SyncKind.Full, (await bed.SyncAsync(agent, odd)).Kind);
    }

    [Fact]
    public async Task A_sync_that_is_held_ends_with_everything_when_the_minute_is_over()
    {
        bed.Time.Advance(TimeSpan.FromSeconds(30));
        var held = bed.Syncs.AnswerAsync(bed.Cell, agent, bed.SyncRequest(agent, odd, hold: 50), CancellationToken.None);
        Assert.False(held.IsCompleted);
        // In small steps: news of the set-up that come late let it begin its wait anew, and then it has lost no more than a step.
        for (var second = 0; second < 45 && !held.IsCompleted; second++)
        {
            bed.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(second < 28 ? 20 : 500, TestContext.Current.CancellationToken);
        }

        Assert.Equal(SyncKind.Full, (await held.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken))!.Kind);
    }

    [Fact]
    public async Task News_do_not_wait()
    {
        await bed.IntendAsync(agent, environment.Id);
        Assert.Single((await bed.SyncAsync(agent, odd)).Intents);
    }

    [Fact]
    public async Task A_digest_that_agreed_in_between_is_healed_at_once_when_it_differs_again()
    {
        await bed.SyncAsync(agent, odd with { Digest = (await bed.SyncAsync(agent)).Digest });
        Assert.Equal(SyncKind.Full, (await bed.SyncAsync(agent, odd)).Kind);
    }

    private Task<int> LooksAsync() => bed.ReadAsync(db => db.AuditEvents.CountAsync(audit => audit.Action == "secret.look"));
}
