using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Storage;
using Fabric.Web.AgentApi;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Microsoft.EntityFrameworkCore;
using EntityState = Fabric.Workflows.Environments.EntityState;

namespace Fabric.Tests.AgentApi;

/// <summary>What the server's side of a cluster makes of agents that come, go and say things.</summary>
public sealed class ClusterExecutorTests : IAsyncLifetime
{
    private AgentBed bed = null!;
    private AgentRecord agent = null!;
    private FabricEnvironment environment = null!;
    private Intent intent = null!;
    private StepContext step = null!;

    public async ValueTask InitializeAsync()
    {
        bed = await AgentBed.OpenAsync();
        (agent, environment) = await bed.ConnectAsync();
        step = Step();
        intent = (await bed.Cell.Journal.CommitAsync(new JournalBatch().Put(
            Rows.Intent(environment.Id, agent.Id) with { EntityId = step.Entity!.Id, OperationKey = IntentKey.Of(step) }))).OfType<Intent>().Single();
        await new AgentOwner(bed.Cell, agent.Id, bed.Time).SeenAsync();
        await SaysAsync(agent, IntentStatus.Healthy);
    }

    private ClusterExecutor Executor => new(bed.Cell, bed.Time);

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task What_is_handed_over_is_mentioned_to_its_agent_no_more_and_removed_by_nobody()
    {
        Assert.Equal(StepResultKind.Completed, (await Executor.HandOverAsync(step, CancellationToken.None)).Kind);
        foreach (var (state, told) in new[] { (EntityState.Ready, 1), (EntityState.HandedOver, 0), (EntityState.Abandoned, 0), (EntityState.Provisioning, 1) })
        {
            await bed.Cell.Journal.CommitAsync(new JournalBatch().Put(step.Entity! with { State = state }), TestContext.Current.CancellationToken);
            Assert.Equal(told, (await AssignedIntents.ReadAsync(bed.Cell, agent.Id, TestContext.Current.CancellationToken)).Count(assigned => assigned.Intent.EntityId == step.Entity!.Id));
        }
    }

    [Fact]
    public async Task A_check_believes_an_agent_that_is_there()
    {
        var result = await CheckAsync();
        Assert.Equal((StepResultKind.Completed, false, "The agent holds it as deployed."), (result.Kind, result.Drifted, result.Message));
    }

    [Fact]
    public async Task A_check_does_not_pass_the_last_word_of_an_agent_that_is_away_for_a_look()
    {
        bed.Time.Advance(AgentPresence.AwayAfter);
        Assert.Equal(StepResultKind.Completed, (await CheckAsync()).Kind);
        bed.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((StepResultKind.Terminal, Reasons.AgentOffline), await KindAsync());
    }

    [Fact]
    public async Task A_check_without_an_agent_says_that_nobody_could_look()
    {
        await new AgentOwner(bed.Cell, agent.Id, bed.Time).RevokeAsync(Rows.Audit(action: "agent.revoke"));
        Assert.Equal((StepResultKind.Terminal, Reasons.AgentMissing), await KindAsync());
    }

    [Fact]
    public async Task A_check_waits_for_the_word_of_the_agent_that_serves_the_environment_now_about_the_newest_generation()
    {
        await bed.Cell.Journal.CommitAsync(new JournalBatch().Put(intent with { Generation = 2 }), TestContext.Current.CancellationToken);
        Assert.Equal(StepResultKind.InProgress, (await CheckAsync()).Kind);
        var second = await ReplacedAsync();
        await SaysAsync(agent, IntentStatus.Healthy, 2);
        Assert.Equal(StepResultKind.InProgress, (await CheckAsync()).Kind);
        await SaysAsync(second, IntentStatus.Degraded, 2);
        Assert.Equal((StepResultKind.Completed, true), ((await CheckAsync()).Kind, (await CheckAsync()).Drifted));
    }

    [Fact]
    public async Task A_removal_does_not_wait_for_an_agent_that_is_gone_and_says_that_it_can_be_skipped()
    {
        var removal = step with { Step = step.Step with { Action = PlanAction.Delete } };
        await bed.Cell.Journal.CommitAsync(new JournalBatch().Put(intent with { Generation = 2, OperationKey = IntentKey.Of(removal), UpdatedAt = bed.Time.GetUtcNow() }), TestContext.Current.CancellationToken);
        Assert.Equal(StepResultKind.InProgress, (await Executor.LookAsync(removal, CancellationToken.None)).Kind);
        bed.Time.Advance(AgentPresence.AwayAfter + TimeSpan.FromSeconds(1));
        var gone = await Executor.LookAsync(removal, CancellationToken.None);
        Assert.Equal((StepResultKind.Transient, Reasons.AgentOffline), (gone.Kind, gone.Reason));
        Assert.Contains("or skip it: its objects stay", gone.Message, StringComparison.Ordinal);
        await new AgentOwner(bed.Cell, agent.Id, bed.Time).RevokeAsync(Rows.Audit(action: "agent.revoke"));
        Assert.Equal(StepResultKind.Terminal, (await Executor.LookAsync(removal, CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task A_step_waits_for_the_agent_that_serves_the_environment_now()
    {
        var second = await ReplacedAsync();
        var waiting = await Executor.LookAsync(step, CancellationToken.None);
        Assert.Equal((StepResultKind.InProgress, ""), (waiting.Kind, waiting.Reason));
        await SaysAsync(second, IntentStatus.Failed);
        Assert.Equal(StepResultKind.Terminal, (await Executor.LookAsync(step, CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task An_agent_that_syncs_less_often_than_it_reports_is_not_away_before_the_pages_say_so()
    {
        await bed.Cell.Journal.CommitAsync(new JournalBatch().Put(intent with { Generation = 2 }), TestContext.Current.CancellationToken);
        bed.Time.Advance(AgentPresence.AwayAfter);
        Assert.Equal("", (await Executor.LookAsync(step, CancellationToken.None)).Reason);
        bed.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Reasons.AgentOffline, (await Executor.LookAsync(step, CancellationToken.None)).Reason);
    }

    [Fact]
    public async Task A_cancel_writes_nothing_over_what_came_after_it()
    {
        await Executor.CancelAsync(step, CancellationToken.None);
        Assert.Equal(intent, await bed.ReadAsync(db => db.Intents.SingleAsync()));
    }

    private async Task<AgentRecord> ReplacedAsync()
    {
        var second = await bed.ReplaceAsync(environment.Id);
        await new AgentOwner(bed.Cell, second.Id, bed.Time).SeenAsync();
        return second;
    }

    private Task<StepResult> CheckAsync() => Executor.CheckAsync(step, CancellationToken.None).AsTask();

    private async Task<(StepResultKind, string)> KindAsync() => await CheckAsync() is var result ? (result.Kind, result.Reason) : default;

    private Task SaysAsync(AgentRecord who, IntentStatus status, long generation = 1) => bed.Cell.Journal.CommitAsync(new JournalBatch().Put(new IntentReport
    {
        EntityId = intent.EntityId, Tenant = intent.Tenant, EnvironmentId = environment.Id, Node = intent.Node, AgentId = who.Id,
        Generation = generation, Status = status, Message = "Said.", ReportedAt = bed.Time.GetUtcNow(),
    }));

    private StepContext Step()
    {
        var type = Catalog.BuiltInCatalog.Catalog.Find("namespace")!;
        return new StepContext
        {
            Environment = environment,
            Run = new PlannerBed(("pinot", [])).Run,
            Step = PlannerBed.Step("pinot"),
            Entity = Rows.Entity(environment.Id, "pinot"),
            Type = type,
            Config = [],
        };
    }
}
