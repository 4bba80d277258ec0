using System.Text.Json.Nodes;
using Fabric.Tests.Storage;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Terraform.Policies;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Terraform;

public sealed class PlanPolicyTests
{
    private static readonly PolicyBounds Bounds = new(2, PolicyEffect.Deny, []);

    [Theory]
    [InlineData("aws_security_group", "ingress[0].cidr_blocks[0]", "\"0.0.0.0/0\"")]
    [InlineData("aws_vpc_security_group_ingress_rule", "cidr_ipv6", "\"::/0\"")]
    [InlineData("aws_s3_bucket_public_access_block", "block_public_policy", "false")]
    [InlineData("aws_eks_cluster", "vpc_config[0].endpoint_public_access", "true")]
    [InlineData("azurerm_kubernetes_cluster", "private_cluster_enabled", "false")]
    [InlineData("google_storage_bucket_iam_member", "member", "\"allUsers\"")]
    public void What_opens_a_resource_to_everybody_is_denied_with_rule_and_resource(string type, string path, string value)
    {
        var verdict = Assert.Single(PlanPolicies.Check(Step(), [Change(type, PlanAction.Update, (path, value))], Bounds));
        Assert.Equal((PlanPolicies.PublicExposure, PolicyEffect.Deny, $"{type}.it"), (verdict.Rule, verdict.Effect, verdict.Address));
        Assert.Contains(path, verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws_security_group", "egress[0].cidr_blocks[0]", "\"0.0.0.0/0\"")]
    [InlineData("aws_security_group", "ingress[0].cidr_blocks[0]", "\"10.0.0.0/8\"")]
    [InlineData("aws_eks_cluster", "vpc_config[0].endpoint_public_access", "false")]
    [InlineData("aws_s3_bucket_public_access_block", "block_public_policy", "true")]
    public void What_stays_closed_is_not(string type, string path, string value) =>
        Assert.Empty(PlanPolicies.Check(Step(), [Change(type, PlanAction.Create, (path, value))], Bounds));

    [Fact]
    public void Many_deletes_need_the_vendor_but_not_in_a_destroy()
    {
        ResourceChange[] three = [Change("a", PlanAction.Delete), Change("b", PlanAction.Replace), Change("c", PlanAction.Delete)];
        var verdict = Assert.Single(PlanPolicies.Check(Step(), three, Bounds));
        Assert.Equal((PlanPolicies.ManyDeletes, PolicyEffect.AskVendor), (verdict.Rule, verdict.Effect));
        Assert.Empty(PlanPolicies.Check(Step(RunKind.Destroy), three, Bounds));
        Assert.Empty(PlanPolicies.Check(Step(), three[..2], Bounds));
    }

    [Fact]
    public void A_region_the_account_does_not_allow_is_denied_and_a_destroy_there_is_not()
    {
        var bounds = Bounds with { Regions = ["mars-1"] };
        Assert.Equal(PlanPolicies.AllowedRegions, Assert.Single(PlanPolicies.Check(Step(), [], bounds)).Rule);
        Assert.Empty(PlanPolicies.Check(Step(RunKind.Destroy) with { Config = null }, [], bounds));
    }

    [Fact]
    public void What_is_protected_and_would_go_is_named()
    {
        var step = Step();
        var verdict = Assert.Single(PlanPolicies.Check(step with { Step = step.Step with { Protect = true } }, [Change("a", PlanAction.Replace)], Bounds));
        Assert.Equal((PlanPolicies.Protected, "a.it"), (verdict.Rule, verdict.Address));
    }

    [Fact]
    public void A_rule_that_asks_the_vendor_is_answered_by_nobody_else()
    {
        var step = Step();
        var asked = step.Step with { Action = PlanAction.Update, Plan = new StepPlan(PlanAction.Update, [], true, "h") { Verdicts = [new PolicyVerdict("r", PolicyEffect.AskVendor, "", "m")] } };
        Assert.Equal("vendor", ApprovalPolicy.Default.For(step.Environment with { Cloud = "aws", AutoApprove = true }, asked));
        Assert.Equal("both", ApprovalPolicy.Default.For(step.Environment with { Cloud = "aws" }, asked with { Action = PlanAction.Replace }));
    }

    private static ResourceChange Change(string type, PlanAction action, params (string Path, string After)[] fields) =>
        new($"{type}.it", type, action, [.. fields.Select(field => new FieldChange(field.Path, null, JsonNode.Parse(field.After)))]);

    private static StepContext Step(RunKind kind = RunKind.Apply)
    {
        var environment = Rows.Environment();
        var run = Rows.Run(environment.Id) with { Kind = kind };
        return new StepContext { Environment = environment, Run = run, Step = Rows.Step(environment.Id, run.Id) with { Protect = false }, Config = [] };
    }
}
