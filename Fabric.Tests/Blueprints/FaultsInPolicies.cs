using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Blueprints;

public sealed class FaultsInPolicies
{
    [Fact]
    public void A_policy_keeps_what_it_says()
    {
        var policy = Assert.Single(Sample.Compiled(With("small: { match: 'resource.type == \"aws_instance\"', require: 'resource.after.size in [1, 2]', effect: askVendor, message: Ask first. }")).Policies!);
        Assert.Equal(new BlueprintPolicy { Name = "small", Match = "resource.type == \"aws_instance\"", Require = "resource.after.size in [1, 2]", Effect = PolicyEffect.AskVendor, Message = "Ask first." }, policy);
    }

    [Fact]
    public void A_blueprint_without_any_has_the_hash_it_always_had() =>
        Assert.Equal(Sample.Compiled(Sample.Nodes("network: { entity: network@1 }")).Hash, Sample.Compiled(With("") + "\n").Hash);

    [Theory]
    [InlineData("small: { effect: deny }", FaultCodes.MissingKey, "The policy 'small' needs 'require'.")]
    [InlineData("small: { require: 'true', effect: forbid }", FaultCodes.WrongKind, "'effect' cannot be 'forbid'. Known: 'askVendor', 'deny', 'warn'.")]
    [InlineData("small: { require: 'true', when: 'true' }", FaultCodes.UnknownKey, "The policy 'small' has no 'when'. Known: 'effect', 'match', 'message', 'require'.")]
    [InlineData("small: yes", FaultCodes.WrongKind, "The policy 'small' must be a map with 'require', not ")]
    [InlineData("Small_One: { require: 'true' }", FaultCodes.BadSlug, $"'Small_One' is no name for a policy; {Slug.Rule}")]
    [InlineData("small: { require: ' ' }", FaultCodes.BadPolicy, "'require' of the policy 'small' is no expression. It is empty.")]
    [InlineData("small: { require: 'resorce.type == \"x\"' }", FaultCodes.BadPolicy, "'require' of the policy 'small' is no expression. It names 'resorce'. Did you mean 'resource'?")]
    [InlineData("small: { require: 'resource.type ==' }", FaultCodes.BadPolicy, "mismatched input")]
    [InlineData("small: { match: 'foo(1)', require: 'true' }", FaultCodes.BadPolicy, "'match' of the policy 'small' is no expression. It names 'foo'.")]
    public void What_is_wrong_with_one_is_said_where_it_stands(string policy, string code, string message)
    {
        var fault = Assert.Single(Sample.Compile(With(policy)).Faults);
        Assert.Equal((code, 7), (fault.Code, fault.Line));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_macro_gives_its_own_name() =>
        Assert.Empty(Sample.Compile(With("open: { require: '!resource.after.cidrs.exists(c, c == \"0.0.0.0/0\") && has(resource.after.name)' }")).Faults);

    [Fact]
    public void A_derived_blueprint_inherits_them_and_writes_over_one_by_its_name()
    {
        const string derived = "kind: Blueprint\nmetadata: { name: sample }\nspec:\n  extends: base\n  policies:\n    two: { effect: warn }\n    three: { require: 'true' }\n";
        var policies = Sample.Compiled(derived, ("base", With("one: { require: 'true' }\n    two: { require: 'false' }").Replace("name: sample", "name: base", StringComparison.Ordinal))).Policies!;
        Assert.Equal(["one Deny true", "two Warn false", "three Deny true"], policies.Select(policy => $"{policy.Name} {policy.Effect} {policy.Require}"));
    }

    [Fact]
    public void A_changed_policy_is_a_difference_and_another_hash()
    {
        var (before, after) = (Sample.Compiled(With("small: { require: 'true' }")), Sample.Compiled(With("small: { require: 'true', effect: warn }")));
        var change = Assert.Single(BlueprintDiff.Compare(before, after).Policies);
        Assert.Equal(("small.effect", "\"deny\"", "\"warn\""), (change.Path, change.From!.ToJsonString(), change.To!.ToJsonString()));
        Assert.NotEqual(before.Hash, after.Hash);
    }

    /// <summary>A blueprint with these policies; the first stands on line 7.</summary>
    private static string With(string policies) => Sample.Nodes("network: { entity: network@1 }") + $"  policies:\n    {policies}\n";
}
