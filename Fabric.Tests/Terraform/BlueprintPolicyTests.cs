using System.Text;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Storage;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.Policies;
using Fabric.Workflows.Runs;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform;

/// <summary>The rules that a blueprint brings, held against plans.</summary>
public sealed class BlueprintPolicyTests
{
    private const string Plan = """
        { "resource_changes": [
          { "address": "aws_instance.a", "type": "aws_instance", "mode": "managed", "change": { "actions": ["create"], "before": null,
            "after": { "size": 3, "tags": { "team": "x" }, "password": "hunter2", "cidrs": ["10.0.0.0/8", null] }, "after_unknown": { "id": true, "cidrs": [false, true] }, "after_sensitive": { "password": true } } },
          { "address": "aws_vpc.b", "type": "aws_vpc", "mode": "managed", "change": { "actions": ["delete"], "before": { "cidr": "10.0.0.0/16" }, "after": null } },
          { "address": "aws_vpc.c", "type": "aws_vpc", "mode": "managed", "change": { "actions": ["no-op"], "before": {}, "after": {} } } ] }
        """;

    [Theory]
    [InlineData("resource.type == 'aws_instance'", "resource.after.size <= 2", "aws_instance.a")]
    [InlineData("resource.type == 'aws_instance'", "resource.after.size <= 3", "")]
    [InlineData("resource.action == 'delete'", "false", "aws_vpc.b")]
    [InlineData(null, "resource.type.startsWith('aws_')", "")]
    [InlineData(null, "environment.region == 'eu-1' && entity.node == 'other'", "aws_instance.a aws_vpc.b")]
    [InlineData("has(resource.after.tags)", "resource.after.tags.exists(t, t == 'team')", "")]
    [InlineData("resource.action == 'create'", "'id' in resource.unknown", "")]
    public void A_rule_is_held_against_each_resource_that_changes(string? match, string require, string broken)
    {
        var verdicts = Check(new BlueprintPolicy { Name = "rule", Match = match, Require = require });
        Assert.Equal(broken, string.Join(' ', verdicts.Select(verdict => verdict.Address)));
        Assert.All(verdicts, verdict => Assert.Equal(("rule", PolicyEffect.Deny), (verdict.Rule, verdict.Effect)));
    }

    [Theory]
    [InlineData("resource.type == 'aws_instance'", "resource.after.missing == 1")]
    [InlineData("resource.after.missing == 1 && resource.type == 'aws_instance'", "true")]
    [InlineData("resource.type == 'aws_instance'", "resource.after.id == 'x'")]
    [InlineData("resource.type == 'aws_instance'", "resource.after.cidrs.all(c, c != '0.0.0.0/0')")]
    [InlineData("resource.type == 'aws_instance'", "resource.type")]
    [InlineData("resource.type == 'aws_instance'", "resource.type.matches('[')")]
    public void A_rule_that_cannot_be_answered_is_broken_and_says_why(string match, string require)
    {
        var verdict = Check(new BlueprintPolicy { Name = "rule", Match = match, Require = require, Message = "Ask Vera." })[0];
        Assert.StartsWith("Ask Vera. The rule could not be answered for aws_instance.a:", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rule_sees_what_is_sensitive()
    {
        Assert.Empty(Check(new BlueprintPolicy { Name = "rule", Match = "resource.action == 'create'", Require = "!has(resource.after.password)" }));
        Assert.DoesNotContain("hunter2", string.Concat(Check(new BlueprintPolicy { Name = "rule", Require = "int(resource.after.password) == 1" }).Select(v => v.Message)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_breaks_one_is_not_applied_and_one_that_asks_waits_for_the_vendor()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var bed = await TerraformBed.OpenAsync(stop);
        var blueprint = SmallModule.Blueprint("only") with
        {
            Policies =
            [
                new BlueprintPolicy { Name = "few-notes", Match = "resource.address == 'terraform_data.note[2]'", Require = "false", Message = "Two notes are enough." },
                new BlueprintPolicy { Name = "second-asks", Match = "resource.address == 'terraform_data.note[1]'", Require = "false", Effect = PolicyEffect.AskVendor },
            ],
        };
        var environment = await bed.CreateAsync(blueprint, SmallModule.Values(3));
        await using var owner = await bed.Bed.OwnAsync(environment.Id);

        var denied = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        Assert.Equal(RunState.Failed, denied.State);
        Assert.Equal(Reasons.PolicyDenied, denied.Reason);
        Assert.Contains("few-notes: Two notes are enough.", denied.Message, StringComparison.Ordinal);
        Assert.Empty(await bed.Bed.ReadAsync(db => db.StateVersions.ToListAsync(stop)));

        var asks = bed.Bed.WaitAsync(run => run.State is RunState.AwaitingApproval, "a run that asks", 120);
        Journey.Value(await owner.ExecuteAsync(await bed.Bed.ChangeOfAsync(environment.Id, blueprint, SmallModule.Values(2), SmallModule.Type), stop));
        var asked = await asks;
        Assert.Equal("vendor", asked.ApprovalBy);
        Assert.Equal("second-asks", Assert.Single((await bed.Bed.StepsAsync(asked.Id))[0].Plan!.Verdicts).Rule);
    }

    [Fact]
    public async Task A_rule_that_could_say_nothing_of_a_plan_before_it_was_known_asks_when_it_is()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var bed = await TerraformBed.OpenAsync(stop);
        var blueprint = SmallModule.Bound() with
        {
            Policies = [new BlueprintPolicy { Name = "second-asks", Match = "entity.node == 'second' && resource.type == 'terraform_data'", Require = "false", Effect = PolicyEffect.AskVendor }],
        };
        var environment = await bed.CreateAsync(blueprint, SmallModule.Values(1));
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        Journey.Value(await owner.ExecuteAsync(new StartRun(EngineBed.Person, RunKind.Apply), stop));
        var asked = (await Cluster.Eventually.BecomesAsync(
            "the second step asks",
            async () => (await bed.Bed.ReadAsync(db => db.Steps.ToListAsync(stop))).SingleOrDefault(step => step.Node == "second" && step.State is StepState.AwaitingApproval),
            step => step is not null,
            stop))!;
        Assert.Equal(("vendor", Reasons.OutsideApproval), (asked.ApprovalBy, asked.Reason));
        Assert.Single(await bed.Bed.ReadAsync(db => db.StateVersions.Select(version => version.EntityId).Distinct().ToListAsync(stop)));
    }

    [Fact]
    public async Task A_destroy_that_a_rule_forbids_ends_before_anything_goes()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var bed = await TerraformBed.OpenAsync(stop);
        var blueprint = SmallModule.Blueprint("first", "second") with
        {
            Policies = [new BlueprintPolicy { Name = "stays", Match = "resource.action == 'delete' && entity.node == 'first'", Require = "false", Message = "The first stays." }],
        };
        var environment = await bed.CreateAsync(blueprint, SmallModule.Values(1));
        await using var owner = await bed.Bed.OwnAsync(environment.Id);
        Assert.Equal(RunState.Succeeded, (await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply))).State);
        var denied = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Destroy));
        Assert.Equal((RunState.Failed, Reasons.PolicyDenied), (denied.State, denied.Reason));
        Assert.Contains("stays: The first stays.", denied.Message, StringComparison.Ordinal);
        Assert.All(await bed.Bed.EntitiesAsync(environment.Id), entity => Assert.True(entity.Stands));
        Assert.Empty(await bed.Bed.ReadAsync(db => db.Leases.Where(lease => lease.RunId == denied.Id && lease.Kind == Workflows.Executors.Terraform.LeaseKind.Apply).ToListAsync(stop)));
    }

    private static List<PolicyVerdict> Check(BlueprintPolicy policy)
    {
        var environment = Rows.Environment() with { Region = "eu-1" };
        var run = Rows.Run(environment.Id) with { Kind = RunKind.Apply };
        var step = new StepContext { Environment = environment, Run = run, Step = Rows.Step(environment.Id, run.Id), Config = [], Policies = [policy] };
        return [.. BlueprintRules.Check(step, PlanReader.Read(Encoding.UTF8.GetBytes(Plan)).Planned)];
    }
}
