using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Blueprints;

public sealed class Derivations
{
    private static readonly (string, string) Base = ("base", """
        kind: Blueprint
        metadata: { name: base, title: The base }
        spec:
          parameters: { properties: { size: { type: integer, default: 3 } } }
          nodes:
            network: { entity: network@1 }
            ask: { gate: approval, by: customer, after: [network] }
            app:
              entity: app@1
              after: [ask]
              config: { network: "${network.id}", size: "${param.size}", tags: { owner: us, tier: gold } }
          outputs: { url: "${app.url}" }
          layout: { network: [1, 2], ask: [3, 4], app: [5, 6] }
        """);

    [Fact]
    public void A_derived_blueprint_is_its_base_under_another_name()
    {
        var derived = Sample.Compiled(Derived(""), Base);
        Assert.Equal(("derived", "The base"), (derived.Name, derived.Title));
        Assert.True(BlueprintDiff.Compare(Sample.Compiled(Base.Item2), derived).IsEmpty);
    }

    [Fact]
    public void An_override_goes_into_the_nodes_configuration_and_null_removes()
    {
        var app = Sample.Compiled(Derived("nodes: { app: { config: { size: 5, tags: { tier: null, team: data } } } }"), Base).Find("app")!;
        Assert.Equal("""{"network":"${network.id}","size":5,"tags":{"owner":"us","team":"data"}}""", app.Config.ToJsonString());
    }

    [Fact]
    public void A_node_can_be_added_between_inherited_ones() =>
        Assert.Equal(["network", "ask", "extra"], Sample.Compiled(Derived("nodes: { extra: { entity: network@1, after: [ask] }, app: { after: [extra] } }"), Base).Nodes.Select(n => n.Name).Take(3));

    [Fact]
    public void What_stood_after_a_removed_node_stands_after_what_that_one_stood_after()
    {
        var derived = Sample.Compiled(Derived("remove: [ask]"), Base);
        Assert.Null(derived.Find("ask"));
        Assert.Equal(["network"], derived.Find("app")!.After);
        Assert.DoesNotContain("ask", derived.Layout.Keys);
    }

    [Fact]
    public void A_flag_makes_an_inherited_node_a_no_op() => Assert.True(Sample.Compiled(Derived("noop: [network]"), Base).Find("network")!.NoOp);

    [Fact]
    public void A_blueprint_can_be_derived_from_a_derived_one() =>
        Assert.True(Sample.Compiled(Derived("title: null", "middle", "derived2").Replace("title: null", "noop: [network]", StringComparison.Ordinal),
            Base, ("middle", Derived("nodes: { app: { config: { size: 9 } } }", "base", "middle"))) is var b && b.Find("network")!.NoOp && b.Find("app")!.Config["size"]!.GetValue<int>() == 9);

    [Fact]
    public void A_base_that_is_not_there_is_shown_where_it_is_named() => Sample.HasFault(
        Sample.Compile(Derived("", "bsae")), FaultCodes.UnknownBlueprint, 4, 12, "There is no blueprint 'bsae' to extend; write the name of one that exists.");

    [Fact]
    public void Blueprints_that_extend_each_other_are_shown_as_a_circle() => Assert.Contains(
        Sample.Compile(Derived("", "other"), ("other", Derived("", "derived", "other")), ("derived", Derived("", "other"))).Faults,
        f => f.Code == FaultCodes.Cycle && f.Message == "The blueprints extend each other in a circle: derived -> other -> derived. One of them must stand on its own.");

    [Fact]
    public void Removing_what_is_not_inherited_is_shown() => Sample.HasFault(
        Sample.Compile(Derived("remove: [aks]"), Base), FaultCodes.UnknownNode, 5, 12, "'remove' names 'aks', which is not inherited. Did you mean 'ask'?");

    [Fact]
    public void A_binding_to_a_removed_node_is_shown_in_the_base_where_it_is_written()
    {
        var fault = Sample.Compile(Derived("remove: [network]"), Base).Faults.Single(f => f.Node == "app");
        Assert.Equal(("base.yaml", 11), (fault.File, fault.Line));
        Assert.Equal("'network.id' binds to the node 'network', which this blueprint removes; give the value another way.", fault.Message);
    }

    [Fact]
    public void A_wrong_override_is_shown_in_the_derived_file() => Sample.HasFault(
        Sample.Compile(Derived("nodes: { app: { config: { size: 99 } } }"), Base), FaultCodes.InvalidConfig, 5, 35,
        "'size' of app@1.1.0 must be between 1 and 10, not 99.");

    private static string Derived(string spec, string extends = "base", string name = "derived") =>
        $"kind: Blueprint\nmetadata: {{ name: {name} }}\nspec:\n  extends: {extends}\n  {spec}\n";
}
