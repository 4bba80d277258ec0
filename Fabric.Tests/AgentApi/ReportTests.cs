using Fabric.Protocol;
using Fabric.Protocol.Reports;
using Fabric.Web.AgentApi;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.AgentApi;

public sealed class ReportTests : IAsyncLifetime
{
    private AgentBed bed = null!;
    private AgentRecord agent = null!;
    private FabricEnvironment environment = null!;
    private AgentOwner owner = null!;

    public async ValueTask InitializeAsync()
    {
        bed = await AgentBed.OpenAsync();
        (agent, environment) = await bed.ConnectAsync();
        owner = new AgentOwner(bed.Cell, agent.Id, bed.Time);
    }

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task A_report_and_the_heartbeat_are_stored_together()
    {
        var intent = await bed.IntendAsync(agent, environment.Id);
        var taken = await owner.ReportAsync(Request(agent, Of(intent, 1, ReportStatus.Healthy)));
        Assert.True(taken.Arrived);
        Assert.Equal(IntentStatus.Healthy, (await StandingAsync(intent)).Status);
        var row = await bed.AgentAsync(agent.Id);
        Assert.Equal(("2.0.0", bed.Time.GetUtcNow()), (row.Version, row.SeenAt));
    }

    [Fact]
    public async Task In_one_batch_the_highest_sequence_wins()
    {
        var intent = await bed.IntendAsync(agent, environment.Id);
        await owner.ReportAsync(Request(agent, Of(intent, 2, ReportStatus.Healthy), Of(intent, 1, ReportStatus.Applying)));
        Assert.Equal(IntentStatus.Healthy, (await StandingAsync(intent)).Status);
    }

    [Fact]
    public async Task A_late_sequence_is_left_out()
    {
        var intent = await bed.IntendAsync(agent, environment.Id);
        await owner.ReportAsync(Request(agent, Of(intent, 2, ReportStatus.Healthy)));
        var taken = await owner.ReportAsync(Request(agent, Of(intent, 1, ReportStatus.Applying)));
        Assert.Equal((0, 1), (taken.Reports.Count, taken.Ignored));
        Assert.Equal(IntentStatus.Healthy, (await StandingAsync(intent)).Status);
    }

    [Fact]
    public async Task A_late_generation_is_left_out()
    {
        var first = await bed.IntendAsync(agent, environment.Id);
        var second = await bed.IntendAsync(agent, environment.Id, first);
        await owner.ReportAsync(Request(agent, Of(second, 1, ReportStatus.Applying)));
        await owner.ReportAsync(Request(agent, Of(first, 2, ReportStatus.Healthy)));
        Assert.Equal((2L, IntentStatus.Applying), ((await StandingAsync(second)).Generation, (await StandingAsync(second)).Status));
    }

    [Fact]
    public async Task A_process_that_counts_from_the_start_again_is_heard()
    {
        var intent = await bed.IntendAsync(agent, environment.Id);
        await owner.ReportAsync(Request(agent, Of(intent, 40, ReportStatus.Applying)));
        var again = Request(agent, Of(intent, 1, ReportStatus.Healthy));
        await owner.ReportAsync(again with { Heartbeat = again.Heartbeat with { StartedAt = again.Heartbeat.StartedAt.AddMinutes(1) } });
        Assert.Equal(IntentStatus.Healthy, (await StandingAsync(intent)).Status);
    }

    [Fact]
    public async Task What_belongs_to_another_agent_is_left_out()
    {
        var other = await bed.EnvironmentAsync("other");
        var foreign = await bed.IntendAsync(await bed.ReplaceAsync(other.Id), other.Id);
        var taken = await owner.ReportAsync(Request(agent, Of(foreign, 1, ReportStatus.Healthy)));
        Assert.Equal((0, 1), (taken.Reports.Count, taken.Ignored));
        Assert.Equal(0, await bed.ReadAsync(db => db.IntentReports.CountAsync()));
    }

    [Fact]
    public async Task A_removal_stays_reported_when_a_crossing_sync_finds_it_gone()
    {
        var intent = await bed.IntendAsync(agent, environment.Id, kind: "remove");
        await owner.ReportAsync(Request(agent, Of(intent, 1, ReportStatus.Removed)));
        await owner.ReportAsync(Request(agent, Of(intent, 2, ReportStatus.Unassigned)));
        Assert.Equal(IntentStatus.Removed, (await StandingAsync(intent)).Status);
    }

    [Theory]
    [InlineData(ReportStatus.Refused, "IntentRefused")]
    [InlineData(ReportStatus.Unassigned, "IntentUnassigned")]
    public async Task A_refusal_or_loss_stands_in_the_environments_journal(ReportStatus status, string kind)
    {
        var intent = await bed.IntendAsync(agent, environment.Id);
        await owner.ReportAsync(Request(agent, Of(intent, 1, status)));
        var line = await bed.ReadAsync(db => db.RunEvents.SingleAsync());
        Assert.Equal((kind, environment.Id, (Guid?)null), (line.Kind, line.EnvironmentId, line.RunId));
    }

    [Fact]
    public async Task Being_seen_is_written_at_once_and_then_every_15_seconds()
    {
        Assert.True(await owner.SeenAsync());
        var first = bed.Time.GetUtcNow();
        bed.Time.Advance(TimeSpan.FromSeconds(14));
        Assert.False(await owner.SeenAsync());
        Assert.Equal(first, (await bed.AgentAsync(agent.Id)).SeenAt);
        bed.Time.Advance(TimeSpan.FromSeconds(1));
        await owner.SeenAsync();
        Assert.Equal(bed.Time.GetUtcNow(), (await bed.AgentAsync(agent.Id)).SeenAt);
    }

    [Fact]
    public async Task Trust_that_was_taken_away_is_not_given_back_by_a_late_report()
    {
        await owner.RevokeAsync(Storage.Rows.Audit(action: "agent.revoke"));
        await owner.ReportAsync(Request(agent));
        Assert.NotNull((await bed.AgentAsync(agent.Id)).RevokedAt);
    }

    internal static Report Of(Intent intent, long sequence, ReportStatus status) => new()
    {
        EntityId = intent.EntityId,
        Generation = intent.Generation,
        Sequence = sequence,
        Status = status,
        ObservedAt = Storage.Rows.Now,
    };

    internal static ReportRequest Request(AgentRecord agent, params Report[] reports) => new()
    {
        AgentId = agent.Id,
        Incarnation = agent.Incarnation,
        ProtocolVersion = ProtocolVersion.Current,
        Reports = reports,
        Heartbeat = new Heartbeat { AgentVersion = "2.0.0", KubernetesVersion = "v1.33.2", StartedAt = Storage.Rows.Now, MemoryBytes = 1, Intents = 1, Queue = 0 },
    };

    private Task<IntentReport> StandingAsync(Intent intent) => bed.ReadAsync(db => db.IntentReports.SingleAsync(report => report.EntityId == intent.EntityId));
}
