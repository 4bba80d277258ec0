using System.Text.Json.Nodes;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Storage;
using Fabric.Tests.Terraform;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.AgentApi;

/// <summary>A cluster that Fabric made installs its own agent, where its account has what it takes; else a person is told why and what to do.</summary>
public sealed class AgentBootstraps : IAsyncLifetime
{
    private const string ByHand = "Waits for an agent: connect one on the Agent tab.";
    private readonly FakeAccount account = new();
    private AgentBed bed = null!;
    private StepContext step = null!;
    private EnrolmentExecutor executor = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bed = await AgentBed.OpenAsync();
        var environment = Rows.Environment("prod", "acme", "eu-1") with { Cloud = "aws", AccountId = Guid.NewGuid() };
        await bed.Cell.Journal.CommitAsync(new JournalBatch().Add(environment), Stop);
        executor = new EnrolmentExecutor(bed.Cell, new AgentBootstrap(bed.Cell, account, new Manifests(), bed.Time));
        step = new StepContext { Environment = environment, Run = new PlannerBed(("agent", [])).Run, Step = PlannerBed.Step("agent"), Config = new JsonObject { ["cluster"] = "pinot" } };
    }

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task A_token_is_handed_over_that_the_agent_enrols_with()
    {
        var begun = await executor.ApplyAsync(step, Stop);
        Assert.Equal((StepResultKind.InProgress, "The bootstrap of cluster pinot installs the agent (build-1).", true), (begun.Kind, begun.Message, begun.Verifying));
        var (cluster, token) = Assert.Single(account.Given);
        Assert.Equal("pinot", cluster);
        Assert.Contains("(build-1)", (await executor.LookAsync(step, Stop)).Message, StringComparison.Ordinal);

        var agent = (await bed.EnrolledAsync(token)).AgentId;
        Assert.Contains("has enrolled", (await executor.LookAsync(step, Stop)).Message, StringComparison.Ordinal);
        var row = Assert.Single(await RowsAsync());
        Assert.Equal((agent, step.OperationKey, "build-1"), (row.AgentId, row.OperationKey, row.BootstrapRun));
    }

    [Fact]
    public async Task A_cluster_without_a_bootstrap_is_connected_by_hand_and_no_token_is_made()
    {
        account.Fault = new OperationFault(FaultKind.NotFound, CloudFaults.NoBootstrap, "It has none.");
        Assert.Equal(ByHand, (await executor.ApplyAsync(step, Stop)).Message);
        Assert.Equal(ByHand, (await executor.LookAsync(step, Stop)).Message);
        // Remembered so that whoever looks need not ask again, as a token that nobody can use.
        var row = Assert.Single(await RowsAsync());
        Assert.Equal(("", true), (row.BootstrapFault, row.ExpiresAt <= bed.Time.GetUtcNow()));
        step = step with { Environment = step.Environment with { Id = Guid.NewGuid(), AccountId = null } };
        Assert.Equal(ByHand, (await executor.ApplyAsync(step, Stop)).Message);
        Assert.Equal(ByHand, (await executor.LookAsync(step, Stop)).Message);
    }

    [Fact]
    public async Task One_that_fails_is_started_anew_with_a_new_token_and_after_the_third_time_a_person_is_told()
    {
        for (var i = 1; i <= AgentBootstrap.Attempts; i++)
        {
            Assert.Equal(StepResultKind.InProgress, (await executor.ApplyAsync(step, Stop)).Kind);
            account.State = BootstrapState.Failed;
            var seen = await executor.LookAsync(step, Stop);
            Assert.Equal(i < AgentBootstrap.Attempts ? StepResultKind.Transient : StepResultKind.InProgress, seen.Kind);
            Assert.Contains($"failed (build-{i})", seen.Message, StringComparison.Ordinal);
            account.State = BootstrapState.Running;
            bed.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(AgentBootstrap.Attempts, account.Given.Select(given => given.Token).Distinct().Count());
        Assert.StartsWith(ByHand, (await executor.ApplyAsync(step, Stop)).Message, StringComparison.Ordinal);
        Assert.Equal(AgentBootstrap.Attempts, account.Given.Count);
    }

    [Theory]
    [InlineData(BootstrapState.Succeeded, "did not enrol in 15 minutes")]
    [InlineData(BootstrapState.Running, "did not end in 15 minutes")]
    public async Task One_whose_token_has_expired_is_started_anew(BootstrapState state, string said)
    {
        await executor.ApplyAsync(step, Stop);
        account.State = state;
        Assert.Equal(StepResultKind.InProgress, (await executor.LookAsync(step, Stop)).Kind);
        bed.Time.Advance(EnrollmentTokens.Life);
        var late = await executor.LookAsync(step, Stop);
        Assert.Equal(StepResultKind.Transient, late.Kind);
        Assert.Contains(said, late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_cloud_refuses_is_said_for_as_long_as_a_person_is_waited_for()
    {
        account.Fault = new OperationFault(FaultKind.WrongState, CloudFaults.Denied, "Fabric may not start it.");
        Assert.Equal($"{ByHand} Fabric may not start it.", (await executor.ApplyAsync(step, Stop)).Message);
        Assert.Equal($"{ByHand} Fabric may not start it.", (await executor.LookAsync(step, Stop)).Message);
        Assert.True(Assert.Single(await RowsAsync()).ExpiresAt <= bed.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_cloud_that_is_away_is_asked_again()
    {
        account.Fault = new OperationFault(FaultKind.Unavailable, CloudFaults.Unreachable, "It is away.");
        var away = await executor.ApplyAsync(step, Stop);
        Assert.Equal((StepResultKind.Transient, "It is away."), (away.Kind, away.Message));
        Assert.Empty(await RowsAsync());
        var last = step with { Step = step.Step with { Attempt = AgentBootstrap.Attempts } };
        Assert.Equal($"{ByHand} It is away.", (await executor.ApplyAsync(last, Stop)).Message);
        account.Fault = null;
        bed.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("(build-1)", (await executor.ApplyAsync(step, Stop)).Message, StringComparison.Ordinal);
        account.Fault = new OperationFault(FaultKind.Unavailable, CloudFaults.Unreachable, "It is away.");
        var unseen = await executor.LookAsync(step, Stop);
        Assert.Equal((StepResultKind.InProgress, true), (unseen.Kind, unseen.Message.EndsWith("It is away.", StringComparison.Ordinal)));
        bed.Time.Advance(EnrollmentTokens.Life);
        Assert.StartsWith(ByHand, (await executor.LookAsync(step, Stop)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stopped_before_it_was_started_starts_it_after_all()
    {
        Assert.Equal(StepResultKind.NotApplied, (await executor.LookAsync(step, Stop)).Kind);
        var (_, row) = EnrollmentTokens.Create("eu-1", "acme", step.Environment.Id, bed.Time.GetUtcNow());
        await bed.Cell.Journal.CommitAsync(new JournalBatch().Add(row with { OperationKey = step.OperationKey }), Stop);
        Assert.Equal(StepResultKind.NotApplied, (await executor.LookAsync(step, Stop)).Kind);
        Assert.Contains("(build-1)", (await executor.ApplyAsync(step, Stop)).Message, StringComparison.Ordinal);
    }

    private Task<List<Enrollment>> RowsAsync() => bed.ReadAsync(db => db.Enrollments.ToListAsync());

    private sealed class Manifests : IAgentManifests
    {
        public OperationFault? Fault() => null;

        public string ForCluster(FabricEnvironment environment, string token) => token;
    }

    /// <summary>A stand-in of an account; its clusters install what they are given.</summary>
    private sealed class FakeAccount : NoAccounts, ICloudAccess
    {
        public List<(string Cluster, string Token)> Given { get; } = [];

        public OperationFault? Fault { get; set; }

        public BootstrapState State { get; set; }

        public async Task<Outcome<string>> StartBootstrapAsync(FabricEnvironment environment, string cluster, Func<Task<string>> manifest, Guid key, CancellationToken cancellationToken)
        {
            if (Fault is { } fault)
                return fault;
            Given.Add((cluster, await manifest()));
            return $"build-{Given.Count}";
        }

        public Task<Outcome<BootstrapState>> LookAtBootstrapAsync(FabricEnvironment environment, string run, CancellationToken cancellationToken) =>
            Task.FromResult<Outcome<BootstrapState>>(Fault is { } fault ? fault : State);
    }
}
