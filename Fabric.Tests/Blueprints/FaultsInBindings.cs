using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Blueprints;

public sealed class FaultsInBindings
{
    [Fact]
    public void A_binding_to_a_node_that_is_not_there_is_shown() => Fault("network: \"${netwrk.id}\"", FaultCodes.UnknownBinding,
        "'netwrk.id' binds to 'netwrk', and there is no such node. Did you mean 'network'?");

    [Fact]
    public void A_binding_to_an_output_that_is_not_there_is_shown() => Fault("network: \"${network.ids}\"", FaultCodes.UnknownBinding,
        "network@1.0.0 has no output 'ids'. Did you mean 'id'?");

    [Fact]
    public void A_binding_to_a_parameter_that_is_not_there_is_shown() => Fault("network: \"${param.net}\"", FaultCodes.UnknownBinding,
        "There is no parameter 'net'. There are none to choose from.");

    [Fact]
    public void A_binding_to_something_unknown_about_the_environment_is_shown() => Fault("network: \"${env.nam}\"", FaultCodes.UnknownBinding,
        "There is no 'env.nam'. Did you mean 'name'?");

    [Fact]
    public void A_binding_that_cannot_be_read_is_shown_with_how_to_write_it() => Fault("network: \"${network id}\"", FaultCodes.BadBinding,
        "'${network id}' is no binding; write it as ${node.output}, ${param.name} or ${env.name}, or '$${' for the two characters.");

    [Fact]
    public void A_binding_that_is_not_closed_is_shown() => Fault("network: \"${network.id\"", FaultCodes.BadBinding,
        "'${network.id' has no closing '}'.");

    [Fact]
    public void A_list_bound_to_text_is_shown_with_both_types() => Fault("network: \"${network.subnets}\"", FaultCodes.MistypedBinding,
        "'network' of app@1.1.0 is bound to ${network.subnets}, which is a list, and text is needed.");

    [Fact]
    public void A_secret_bound_to_what_is_shown_is_refused() => Fault("network: \"${secret.pw}\"", FaultCodes.MistypedBinding,
        "'network' of app@1.1.0 is bound to ${secret.pw}, and is no secret of its type: the value would be shown. Mark it x-secret in the type, or bind something else.");

    [Fact]
    public void A_list_of_text_bound_to_a_list_of_numbers_is_shown() => Fault("network: x, ports: \"${network.subnets}\"", FaultCodes.MistypedBinding,
        "'ports' of app@1.1.0 is bound to ${network.subnets}, which is a list whose item is text, and a whole number is needed.", 6, 56);

    [Fact]
    public void A_list_written_into_a_text_is_shown() => Fault("network: \"a-${network.subnets}\"", FaultCodes.MistypedBinding,
        "'network' of app@1.1.0 writes ${network.subnets} into a text, and that is a list; bind the whole value or one item of it.");

    [Fact]
    public void Text_around_a_binding_to_a_number_is_shown() => Fault("network: x, size: \"${network.port}0\"", FaultCodes.MistypedBinding,
        "'size' of app@1.1.0 must be a whole number, and a binding inside a longer text gives text; bind the whole value.", 6, 55);

    [Fact]
    public void A_binding_to_a_gate_is_told_to_wait_instead() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("ask: { gate: approval, by: vendor }\napp: { entity: app@1, config: { network: \"${ask.id}\" } }")),
        FaultCodes.UnknownBinding, 6, 46, "'ask' is a gate and has no outputs; use 'after: [ask]' to wait for it.");

    [Fact]
    public void A_binding_to_one_item_of_a_list_is_right() =>
        Assert.Equal(["network"], Sample.Compiled(Sample.Nodes("network: { entity: network@1 }\napp: { entity: app@1, config: { network: \"${network.subnets[0]}\" } }")).Find("app")!.DependsOn);

    [Fact]
    public void An_output_of_the_blueprint_is_checked_too() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("network: { entity: network@1 }") + "  outputs: { id: \"${network.idd}\" }\n"),
        FaultCodes.UnknownBinding, 6, 18, "network@1.0.0 has no output 'idd'. Did you mean 'id'?");

    private static void Fault(string config, string code, string message, int line = 6, int column = 46) => Sample.HasFault(
        Sample.Compile(Sample.Nodes($"network: {{ entity: network@1 }}\napp: {{ entity: app@1, config: {{ {config} }} }}")), code, line, column, message);
}
