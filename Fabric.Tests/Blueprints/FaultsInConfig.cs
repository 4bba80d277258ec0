using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Blueprints;

public sealed class FaultsInConfig
{
    [Fact]
    public void A_setting_that_must_be_given_is_asked_for_at_the_node() => Fault("", FaultCodes.MissingConfig, 5,
        "'network' of app@1.1.0 is required: give it text (Network).");

    [Fact]
    public void A_setting_that_does_not_exist_is_shown_at_its_key() => Fault("network: x, sise: 3", FaultCodes.UnknownConfig, 49,
        "'sise' of app@1.1.0 is not known here. Did you mean 'size'?");

    [Fact]
    public void A_number_out_of_range_is_shown_with_the_range() => Fault("network: x, size: 11", FaultCodes.InvalidConfig, 55,
        "'size' of app@1.1.0 must be between 1 and 10, not 11.");

    [Fact]
    public void A_choice_that_is_none_is_shown_with_the_choices() => Fault("network: x, mode: slow", FaultCodes.InvalidConfig, 55,
        "'mode' of app@1.1.0 must be one of \"fast\", \"safe\", not 'slow'.");

    [Fact]
    public void A_value_of_the_wrong_type_is_shown_with_the_right_one() => Fault("network: 7", FaultCodes.InvalidConfig, 46,
        "'network' of app@1.1.0 must be text, not 7.");

    [Fact]
    public void A_value_deep_inside_is_shown_at_its_own_place() => Fault("network: x, tags: { owner: 7 }", FaultCodes.InvalidConfig, 64,
        "'tags.owner' of app@1.1.0 must be text, not 7.");

    [Fact]
    public void An_item_of_a_list_is_shown_at_its_own_place() => Fault("network: x, ports: [1, a]", FaultCodes.InvalidConfig, 60,
        "'ports.1' of app@1.1.0 must be a whole number, not 'a'.");

    [Fact]
    public void A_format_is_shown_with_an_example() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("network: { entity: network@1, config: { cidr: ten } }")), FaultCodes.InvalidConfig, 5, 51,
        "'cidr' of network@1.0.0 must be an address range like 10.20.0.0/16, not 'ten'.");

    private static void Fault(string config, string code, int column, string message) => Sample.HasFault(
        Sample.Compile(Sample.Nodes($"app: {{ entity: app@1, config: {{ {config} }} }}")), code, 5, column, message);
}
