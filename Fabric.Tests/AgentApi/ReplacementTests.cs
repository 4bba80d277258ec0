using Fabric.Protocol.Reports;
using Fabric.Protocol.Sync;
using Fabric.Web.AgentApi;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.AgentApi;

/// <summary>Intents belong to the environment and go to the agent that is bound to it.</summary>
public sealed class ReplacementTests : IAsyncLifetime
{
    private AgentBed bed = null!;
    private AgentRecord first = null!;
    private FabricEnvironment environment = null!;
    private Intent intent = null!;

    public async ValueTask InitializeAsync()
    {
        bed = await AgentBed.OpenAsync();
        (first, environment) = await bed.ConnectAsync();
        intent = await bed.IntendAsync(first, environment.Id);
    }

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task A_new_agent_gets_what_was_written_for_the_one_before_addressed_to_itself()
    {
        var second = await bed.ReplaceAsync(environment.Id);
        var payload = bed.Open(Assert.Single((await bed.SyncAsync(second)).Intents));
        Assert.Equal((second.Id, intent.EntityId, intent.Generation), (payload.AgentId, payload.EntityId, payload.Generation));
    }

    [Fact]
    public async Task The_one_before_is_told_at_once_that_it_is_no_longer_meant()
    {
        var had = await bed.SyncAsync(first);
        var held = bed.Syncs.AnswerAsync(bed.Cell, first, bed.SyncRequest(first, had, hold: 50), CancellationToken.None);
        Assert.False(held.IsCompleted);
        await bed.ReplaceAsync(environment.Id);
        var reply = await held.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        Assert.Equal(SyncKind.Full, reply!.Kind);
        Assert.Empty(reply.Assigned!);
    }

    [Fact]
    public async Task An_environment_that_an_agent_takes_in_releases_its_held_sync()
    {
        var other = await bed.EnvironmentAsync("other");
        var had = await bed.SyncAsync(first);
        var theirs = await bed.IntendAsync(await bed.ReplaceAsync(other.Id), other.Id);
        var held = bed.Syncs.AnswerAsync(bed.Cell, first, bed.SyncRequest(first, had, hold: 50), CancellationToken.None);
        Assert.False(held.IsCompleted);
        await bed.EnrolledAsync(await bed.TokenAsync(other.Id));
        var reply = await held.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        Assert.Contains(theirs.EntityId, reply!.Assigned ?? [.. reply.Intents.Select(signed => bed.Open(signed).EntityId)]);
    }

    [Fact]
    public async Task What_the_one_before_says_is_taken_in_no_more()
    {
        var second = await bed.ReplaceAsync(environment.Id);
        var late = await new AgentOwner(bed.Cell, first.Id, bed.Time).ReportAsync(ReportTests.Request(first, ReportTests.Of(intent, 9, ReportStatus.Failed)));
        Assert.Equal((0, 1), (late.Reports.Count, late.Ignored));
        await new AgentOwner(bed.Cell, second.Id, bed.Time).ReportAsync(ReportTests.Request(second, ReportTests.Of(intent, 1, ReportStatus.Healthy)));
        var standing = await bed.ReadAsync(db => db.IntentReports.SingleAsync());
        Assert.Equal((second.Id, IntentStatus.Healthy), (standing.AgentId, standing.Status));
    }

    [Fact]
    public async Task What_the_one_before_has_removed_is_not_brought_again()
    {
        var removal = await bed.IntendAsync(first, environment.Id, intent, "remove");
        await new AgentOwner(bed.Cell, first.Id, bed.Time).ReportAsync(ReportTests.Request(first, ReportTests.Of(removal, 1, ReportStatus.Removed)));
        Assert.Empty((await bed.SyncAsync(await bed.ReplaceAsync(environment.Id))).Intents);
    }
}
