using Fabric.Protocol.Crypto;
using Fabric.Protocol.Sync;
using Fabric.Tests.Storage;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.AgentApi;

public sealed class CancelTests : IAsyncLifetime
{
    private AgentBed bed = null!;
    private AgentRecord agent = null!;
    private FabricEnvironment environment = null!;
    private Intent intent = null!;

    public async ValueTask InitializeAsync()
    {
        bed = await AgentBed.OpenAsync();
        (agent, environment) = await bed.ConnectAsync();
        var made = await bed.IntendAsync(agent, environment.Id);
        var run = Rows.NewId();
        intent = (await bed.Cell.Journal.CommitAsync(new JournalBatch().Put(made with { OperationKey = $"{run:N}/{made.Node}/2" }))).OfType<Intent>().Single();
        await StepIsAsync(run, 2, StepState.Verifying);
        Run = run;
    }

    private Guid Run { get; set; }

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task A_step_that_was_given_up_brings_a_signed_cancel_down_until_the_agent_says_how_it_ended()
    {
        var first = await bed.SyncAsync(agent);
        Assert.Empty(first.Cancels);
        await StepIsAsync(Run, 2, StepState.Cancelled);
        var told = await bed.SyncAsync(agent, first);
        var cancel = SignedMessage.OpenCancel(Assert.Single(told.Cancels), bed.Trusted);
        Assert.True(cancel.IsTrusted);
        Assert.Equal((agent.Id, intent.EntityId, intent.Generation, bed.Cell.Incarnation), (cancel.Value!.AgentId, cancel.Value.EntityId, cancel.Value.Generation, cancel.Value.Incarnation));

        // Not in a tight loop; but again while nothing is heard of it.
        Assert.Empty((await bed.SyncAsync(agent, told)).Cancels);
        bed.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Single((await bed.SyncAsync(agent, told)).Cancels);

        await ReportedAsync(IntentStatus.Failed);
        bed.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Empty((await bed.SyncAsync(agent, told)).Cancels);
    }

    [Fact]
    public async Task A_step_that_was_given_up_releases_a_held_sync_and_leaves_the_intent_as_it_is()
    {
        var first = await bed.SyncAsync(agent);
        var held = bed.Syncs.AnswerAsync(bed.Cell, agent, bed.SyncRequest(agent, first, hold: 50), CancellationToken.None);
        Assert.False(held.IsCompleted);
        await StepIsAsync(Run, 2, StepState.Cancelled);
        var reply = await held.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        Assert.Single(reply!.Cancels);
        Assert.Equal(intent.Sequence, reply.Cursor);
    }

    [Fact]
    public async Task A_full_sync_brings_intent_and_cancel_together()
    {
        await StepIsAsync(Run, 2, StepState.Cancelled);
        var reply = await bed.SyncAsync(agent);
        Assert.Equal(SyncKind.Full, reply.Kind);
        Assert.Single(reply.Intents);
        Assert.Single(reply.Cancels);
    }

    [Theory]
    [InlineData(1, StepState.Cancelled, "")]
    [InlineData(2, StepState.Succeeded, "")]
    [InlineData(2, StepState.Failed, "ApplyRejected")]
    public async Task Another_attempt_and_other_ends_are_no_cancel(int attempt, StepState state, string reason)
    {
        await StepIsAsync(Run, attempt, state, reason);
        Assert.Empty((await bed.SyncAsync(agent)).Cancels);
    }

    [Fact]
    public async Task A_step_that_took_too_long_is_cancelled_at_the_agent()
    {
        await StepIsAsync(Run, 2, StepState.Failed, "TimedOut");
        Assert.Single((await bed.SyncAsync(agent)).Cancels);
    }

    private Task StepIsAsync(Guid run, int attempt, StepState state, string reason = "") => bed.Cell.Journal.CommitAsync(
        new JournalBatch().Put(Rows.Step(environment.Id, run, intent?.Node ?? Rows.Intent(environment.Id, agent.Id).Node) with { Attempt = attempt, State = state, Reason = reason }));

    private Task ReportedAsync(IntentStatus status) => bed.Cell.Journal.CommitAsync(new JournalBatch().Put(new IntentReport
    {
        EntityId = intent.EntityId,
        Tenant = intent.Tenant,
        EnvironmentId = environment.Id,
        Node = intent.Node,
        AgentId = agent.Id,
        Generation = intent.Generation,
        Status = status,
        ReportedAt = bed.Time.GetUtcNow(),
    }));
}
