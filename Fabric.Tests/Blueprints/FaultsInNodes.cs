using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Blueprints;

public sealed class FaultsInNodes
{
    private static readonly string Network = "network: { entity: network@1 }\n";

    [Fact]
    public void An_unknown_entity_type_is_shown_where_it_is_named() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("net: { entity: netwrok@1 }")), FaultCodes.UnknownEntityType, 5, 20,
        "There is no entity type 'netwrok'. Did you mean 'network'?");

    [Fact]
    public void An_unknown_version_is_shown_with_the_versions_there_are() => Sample.HasFault(
        Sample.Compile(Sample.Nodes(Network + "app: { entity: app@2, config: { network: x } }")), FaultCodes.UnknownEntityVersion, 6, 20,
        "No version of 'app' is in '2'; there is 1.1.0, 1.0.0.");

    [Fact]
    public void A_range_that_is_none_is_shown_with_those_that_are() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("net: { entity: network@latest }")), FaultCodes.BadVersion, 5, 20,
        "'latest' is no version range; write network@1, network@1.2, network@1.2.3 or network@^1.2.");

    [Fact]
    public void A_name_that_is_no_slug_is_shown_with_the_rule() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("My_Net: { entity: network@1 }")), FaultCodes.BadSlug, 5, 5,
        $"'My_Net' is no name for a node: it must be {Slug.Rule}.");

    [Fact]
    public void A_name_that_bindings_start_with_is_refused() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("env: { entity: network@1 }")), FaultCodes.BadSlug, 5, 5,
        "'env' is what a binding starts with, so no node can have that name; choose another.");

    [Fact]
    public void A_node_written_twice_is_shown_at_its_second_place() => Sample.HasFault(
        Sample.Compile(Sample.Nodes(Network + Network)), FaultCodes.DuplicateName, 6, 5,
        "'network' is written twice in this map; keep one of them.");

    [Fact]
    public void An_unknown_key_is_shown_with_the_one_that_was_meant() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("network: { entity: network@1, confg: {} }")), FaultCodes.UnknownKey, 5, 35,
        "Node 'network' has no 'confg'. Did you mean 'config'?");

    [Fact]
    public void A_node_that_is_neither_entity_nor_gate_is_told_what_it_can_be() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("network: { config: {} }")), FaultCodes.MissingKey, 5, 5,
        "Node 'network' needs 'entity' (like network@1) or 'gate' (approval, wait, window or action).");

    [Fact]
    public void A_node_that_is_text_is_told_to_be_a_map() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("network: network@1")), FaultCodes.WrongKind, 5, 14,
        "A node is a map like { entity: network@1 } or { gate: approval, by: customer }, not text.");

    [Fact]
    public void Standing_after_a_node_that_is_not_there_is_shown_at_its_name() => Sample.HasFault(
        Sample.Compile(Sample.Nodes(Network + "other: { entity: network@1, after: [netwrk] }")), FaultCodes.UnknownNode, 6, 41,
        "'other' stands after 'netwrk', and there is no such node. Did you mean 'network'?");

    [Fact]
    public void Flagging_a_node_that_is_not_there_is_shown_at_its_name() => Sample.HasFault(
        Sample.Compile(Sample.Nodes(Network) + "  noop: [netwrk]\n"), FaultCodes.UnknownNode, 7, 10,
        "'noop' names 'netwrk', and there is no such node. Did you mean 'network'?");

    [Fact]
    public void Placing_a_node_that_is_not_there_is_shown_at_its_name() => Sample.HasFault(
        Sample.Compile(Sample.Nodes(Network) + "  layout: { netwrk: [1, 2] }\n"), FaultCodes.UnknownNode, 7, 13,
        "'layout' places 'netwrk', and there is no such node. Did you mean 'network'?");

    [Fact]
    public void A_blueprint_without_nodes_is_told_to_have_one()
    {
        var fault = Assert.Single(Sample.Compile("kind: Blueprint\nmetadata: { name: sample }\nspec: {}\n").Faults);
        Assert.Equal((FaultCodes.MissingKey, "A blueprint needs at least one node under 'nodes'."), (fault.Code, fault.Message));
    }

    [Fact]
    public void All_faults_of_a_file_come_at_once()
    {
        var result = Sample.Compile(Sample.Nodes("Net: { entity: netwrok@1 }\napp: { entity: app@7, after: [x] }"));
        Assert.Equal(
            [(5, FaultCodes.BadSlug), (5, FaultCodes.UnknownEntityType), (6, FaultCodes.UnknownEntityVersion), (6, FaultCodes.UnknownNode)],
            result.Faults.Select(f => (f.Line, f.Code)));
    }
}
