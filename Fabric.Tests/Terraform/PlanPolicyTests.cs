using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.Policies;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Terraform;

public sealed class PlanPolicyTests
{
    private static readonly PolicyBounds Bounds = new(2, PolicyEffect.Deny, []);

    [Fact]
    public void Many_deletes_need_the_vendor_but_not_in_a_destroy()
    {
        PlannedResource[] three = [Change("a", PlanAction.Delete), Change("b", PlanAction.Replace), Change("c", PlanAction.Delete)];
        var verdict = Assert.Single(PlanPolicies.Check(PlanText.Step(), three, Bounds));
        Assert.Equal((PlanPolicies.ManyDeletes, PolicyEffect.AskVendor), (verdict.Rule, verdict.Effect));
        Assert.Empty(PlanPolicies.Check(PlanText.Step(RunKind.Destroy), three, Bounds));
        Assert.Empty(PlanPolicies.Check(PlanText.Step(), three[..2], Bounds));
    }

    [Fact]
    public void A_region_the_account_does_not_allow_is_denied_and_a_destroy_there_is_not()
    {
        var bounds = Bounds with { Regions = ["mars-1"] };
        Assert.Equal(PlanPolicies.AllowedRegions, Assert.Single(PlanPolicies.Check(PlanText.Step(), [], bounds)).Rule);
        Assert.Empty(PlanPolicies.Check(PlanText.Step(RunKind.Destroy) with { Config = null }, [], bounds));
    }

    [Fact]
    public void What_is_protected_and_would_go_is_named()
    {
        var step = PlanText.Step();
        var verdict = Assert.Single(PlanPolicies.Check(step with { Step = step.Step with { Protect = true } }, [Change("a", PlanAction.Replace)], Bounds));
        Assert.Equal((PlanPolicies.Protected, "a.it"), (verdict.Rule, verdict.Address));
    }

    [Fact]
    public void What_leaves_Terraforms_care_and_stays_is_shown_and_asks_the_vendor()
    {
        var plan = PlanText.Read(null, PlanText.Changed("aws_kms_key", ["forget"], """{ "id": "k", "policy": "p" }""", "null", sensitive: "false"));
        var shown = Assert.Single(plan.Resources);
        Assert.Equal(("aws_kms_key.it", PlanAction.HandOver, 0), (shown.Address, shown.Action, shown.Changes.Count));
        Assert.False(plan.IsEmpty);
        foreach (var kind in new[] { RunKind.Apply, RunKind.Destroy })
        {
            var step = PlanText.Step(kind);
            var verdict = Assert.Single(PlanPolicies.Check(step with { Step = step.Step with { Protect = true } }, plan.Planned, Bounds));
            Assert.Equal((PlanPolicies.LeftStanding, PolicyEffect.AskVendor, "aws_kms_key.it"), (verdict.Rule, verdict.Effect, verdict.Address));
        }
    }

    [Fact]
    public void What_is_made_in_the_place_of_one_that_stays_destroys_nothing_and_asks_the_vendor()
    {
        var plan = PlanText.Read(null, PlanText.Changed("aws_kms_key", ["create", "forget"], """{ "alias": "a" }""", """{ "alias": "b" }"""));
        Assert.Equal(PlanAction.Create, Assert.Single(plan.Resources).Action);
        Assert.Equal(PlanPolicies.LeftStanding, Assert.Single(PlanPolicies.Check(PlanText.Step(), plan.Planned, Bounds)).Rule);
    }

    [Fact]
    public void A_rule_that_asks_the_vendor_is_answered_by_nobody_else()
    {
        var step = PlanText.Step();
        var asked = step.Step with { Action = PlanAction.Update, Plan = new StepPlan(PlanAction.Update, [], true, "h") { Verdicts = [new PolicyVerdict("r", PolicyEffect.AskVendor, "", "m")] } };
        Assert.Equal("vendor", ApprovalPolicy.Default.For(step.Environment with { Cloud = "aws", AutoApprove = true }, asked));
        Assert.Equal("both", ApprovalPolicy.Default.For(step.Environment with { Cloud = "aws" }, asked with { Action = PlanAction.Replace }));
    }

    private static PlannedResource Change(string type, PlanAction action) => new($"{type}.it", type, action, null, null, []);
}
