using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Gates;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Engine;

public sealed class Gates
{
    private static readonly Actor Vendor = new("v1", "Vera", ActorKind.Person, Actor.VendorTenant, Role.Sre);

    [Theory]
    [InlineData("vendor", "vendor")]
    [InlineData("customer", "customer")]
    [InlineData("both", "vendor", "customer")]
    [InlineData("both", "customer", "vendor")]
    public async Task A_gate_opens_when_everyone_whose_yes_is_needed_gave_it(string by, params string[] parties)
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(Gated(new BlueprintNode { Name = "gate", Kind = NodeKind.Approval, Gate = new GateSpec { By = by }, DependsOn = [] }));
        await using var owner = await bed.OwnAsync(environment.Id);
        var started = Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), TestContext.Current.CancellationToken));
        var ended = bed.WaitForEndAsync();

        if (by is not "both")
        {
            var other = await owner.ExecuteAsync(Yes(started.Run, by == "vendor" ? "customer" : "vendor"), TestContext.Current.CancellationToken);
            Assert.Equal(FaultKind.Forbidden, other.Faults[0].Kind);
        }

        foreach (var party in parties)
        {
            Assert.Empty(await bed.World.ApplicationsAsync(environment.Id));
            Journey.Value(await owner.ExecuteAsync(Yes(started.Run, party), TestContext.Current.CancellationToken));
        }

        Assert.Equal(RunState.Succeeded, (await ended).State);
    }

    [Fact]
    public async Task A_wait_holds_what_is_after_it()
    {
        await using var bed = await EngineBed.OpenAsync();
        var environment = await bed.CreateAsync(Gated(new BlueprintNode { Name = "gate", Kind = NodeKind.Wait, Gate = new GateSpec { Duration = TimeSpan.FromMilliseconds(150) }, DependsOn = [] }));
        await using var owner = await bed.OwnAsync(environment.Id);
        var run = await bed.RunAsync(owner, RunKind.Apply);
        var steps = await bed.StepsAsync(run.Id);
        Assert.Equal(RunState.Succeeded, run.State);
        Assert.True(steps[1].StartedAt - steps[0].StartedAt >= TimeSpan.FromMilliseconds(150));
    }

    [Theory]
    [InlineData("2026-03-02T01:59:59Z", StepResultKind.InProgress, 1)]
    [InlineData("2026-03-02T02:00:00Z", StepResultKind.Completed, 0)]
    [InlineData("2026-03-02T03:59:59Z", StepResultKind.Completed, 0)]
    [InlineData("2026-03-02T04:00:00Z", StepResultKind.InProgress, 22 * 3600)]
    public async Task A_window_is_open_from_its_cron_time_for_its_duration(string now, StepResultKind expected, int waits)
    {
        var gate = new GateExecutor(new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
        var result = await gate.ApplyAsync(Context(new GateSpec { Cron = "0 2 * * *", WindowDuration = TimeSpan.FromHours(2) }), TestContext.Current.CancellationToken);
        Assert.Equal((expected, TimeSpan.FromSeconds(waits)), (result.Kind, result.LookAgainAfter));
    }

    [Fact]
    public async Task A_window_without_a_time_fails_with_a_sentence()
    {
        var result = await new GateExecutor(TimeProvider.System).ApplyAsync(Context(new GateSpec()), TestContext.Current.CancellationToken);
        Assert.Equal((StepResultKind.Terminal, "WindowMissing"), (result.Kind, result.Reason));
    }

    internal static CompiledBlueprint Gated(BlueprintNode gate)
    {
        var blueprint = EngineBed.Blueprint("gated", [("a", [])]);
        return blueprint with { Nodes = [gate, blueprint.Nodes[0] with { DependsOn = [gate.Name] }] };
    }

    private static DecideStep Yes(Run run, string party) => new(party == "vendor" ? Vendor : EngineBed.Person, run.Id, "gate", StepVerb.Approve);

    private static StepContext Context(GateSpec gate) => new()
    {
        Environment = new FabricEnvironment
        {
            Id = Guid.Empty, Tenant = "sample", Name = "env", Cell = "local", Blueprint = "b", Cloud = "sandbox", Region = "local",
            CreatedAt = default, UpdatedAt = default,
        },
        Run = new PlannerBed(("a", [])).Run,
        Step = PlannerBed.Step("gate", kind: StepKind.Window),
        Gate = gate,
    };
}
