using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

/// <summary>The audit chain holds what was done, and nothing that was refused.</summary>
public sealed class AuditedWords
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_word_that_is_refused_is_not_told_as_done()
    {
        await using var bed = await EngineBed.OpenAsync(more: new CloudDouble());
        await using var owner = await WhoApproves.ReadyAsync(bed);
        var asked = await WhoApproves.AskedAsync(bed, owner);
        var before = await ActionsAsync(bed);

        await RefusedAsync(owner, new DecideRun(EngineBed.Person, asked.Id, RunVerb.Approve, "another plan"));
        await RefusedAsync(owner, new DecideRun(EngineBed.Person, asked.Id, RunVerb.Pause));
        await RefusedAsync(owner, new DecideStep(EngineBed.Person, asked.Id, "a", StepVerb.Retry));
        Assert.Equal(before, await ActionsAsync(bed));

        Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, asked.Id, RunVerb.Reject), Stop));
        Assert.Equal([.. before, "run.reject"], await ActionsAsync(bed));
        await RefusedAsync(owner, new DecideRun(EngineBed.Person, asked.Id, RunVerb.Reject));
        Assert.Equal([.. before, "run.reject"], await ActionsAsync(bed));
    }

    [Fact]
    public async Task An_approval_and_the_cancel_of_a_run_that_waits_its_turn_are_told()
    {
        var cloud = new CloudDouble { NeverHealthy = true };
        await using var bed = await EngineBed.OpenAsync(more: cloud);
        var type = CloudDouble.Type();
        var environment = await bed.CreateAsync(EngineBed.Blueprint("one", [("a", [])], type), [type], cloud: CloudDouble.Cloud);
        await using var owner = await bed.OwnAsync(environment.Id);
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop));
        var pending = Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop)).Run;
        var over = Journey.Value(await owner.ExecuteAsync(new DecideRun(EngineBed.Person, pending.Id, RunVerb.Cancel), Stop)).Run;
        Assert.Equal(RunState.Cancelled, over.State);
        Assert.Equal(["run.apply", "run.apply", "run.cancel"], await ActionsAsync(bed));
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_no_generation_behind()
    {
        await using var bed = await EngineBed.OpenAsync();
        var type = EngineBed.Type(milliseconds: 60_000);
        var blueprint = EngineBed.Blueprint("one", [("a", [])], type);
        var environment = await bed.CreateAsync(blueprint, [type]);
        await using var owner = await bed.OwnAsync(environment.Id);
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), Stop));
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Destroy), Stop));
        await RefusedAsync(owner, await bed.ChangeOfAsync(environment.Id, blueprint, Journey.Size(2), type));
        Assert.Equal(1, await bed.ReadAsync(db => Task.FromResult(db.Generations.Count())));
        Assert.DoesNotContain("environment.change", await ActionsAsync(bed));
    }

    private static async Task RefusedAsync(EnvironmentOwner owner, Operation operation) =>
        Assert.False((await owner.ExecuteAsync(operation, Stop)).Succeeded);

    private static Task<List<string>> ActionsAsync(EngineBed bed) =>
        bed.ReadAsync(db => Task.FromResult(db.AuditEvents.OrderBy(line => line.Sequence).Select(line => line.Action).ToList()));
}
