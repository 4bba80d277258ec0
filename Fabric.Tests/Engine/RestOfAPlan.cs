using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

/// <summary>What is left of an approved plan that was cut off needs no second yes; anything beyond it does.</summary>
public sealed class RestOfAPlan
{
    private static readonly StepPlan Agreed = Plan("before", [
        Resource("a", PlanAction.Update, new Field("size", 1, 2), new Field("id", null, null, Unknown: true), new Field("subnets", null, null, Unknown: true)),
        Resource("b", PlanAction.Replace, new Field("place", "x", "y")),
        Resource("c", PlanAction.Delete)]);

    public static TheoryData<string, bool, ResourceChange[]> Rests => new()
    {
        { "the same of one", true, [Resource("a", PlanAction.Update, new Field("size", 1, 2))] },
        { "what was not known", true, [Resource("a", PlanAction.Update, new Field("id", null, "i-1"))] },
        { "what was not known, as a list", true, [Resource("a", PlanAction.Update, new Field("subnets[0]", null, "s-1"))] },
        { "the second half of a replacement", true, [Resource("b", PlanAction.Create, new Field("place", null, "y"), new Field("name", null, "n"))] },
        { "a deletion", true, [Resource("c", PlanAction.Delete)] },
        { "another value", false, [Resource("a", PlanAction.Update, new Field("size", 1, 3))] },
        { "another field", false, [Resource("a", PlanAction.Update, new Field("color", "red", "blue"))] },
        { "another place", false, [Resource("b", PlanAction.Create, new Field("place", null, "z"))] },
        { "another action", false, [Resource("a", PlanAction.Delete)] },
        { "another resource", false, [Resource("d", PlanAction.Create)] },
    };

    [Theory]
    [MemberData(nameof(Rests))]
    public void It_is_covered_while_it_leads_where_it_was_agreed_to(string what, bool covered, ResourceChange[] rest) =>
        Assert.True(PlanRules.Covers(Agreed, Plan("after", rest)) == covered, what);

    [Fact]
    public void A_vendors_rule_that_was_not_broken_before_is_not_covered()
    {
        var open = new StepPlan(PlanAction.Create, [], Complete: false, null);
        var real = Plan("real", []) with { Action = PlanAction.Create, Verdicts = [new PolicyVerdict("rule", PolicyEffect.AskVendor, "a", "Ask.")] };
        Assert.False(PlanRules.Covers(open, real));
        Assert.True(PlanRules.Covers(open with { Verdicts = real.Verdicts }, real));
        Assert.True(PlanRules.Covers(open, real with { Verdicts = [new PolicyVerdict("rule", PolicyEffect.Warn, "a", "Mind.")] }));
    }

    private static StepPlan Plan(string hash, IReadOnlyList<ResourceChange> resources) => new(PlanAction.Update, [], Complete: true, hash) { SourceHash = "source", Resources = resources };

    private static ResourceChange Resource(string address, PlanAction action, params Field[] fields) =>
        new(address, "thing", action, [.. fields.Select(f => new FieldChange(f.Path, Node(f.Before), Node(f.After), f.Unknown))]);

    private static JsonNode? Node(object? value) => value is null ? null : JsonValue.Create(value);

    private sealed record Field(string Path, object? Before, object? After, bool Unknown = false);
}
