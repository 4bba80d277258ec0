using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Blueprints;

public sealed class FaultsInGates
{
    [Fact]
    public void A_gate_that_is_none_is_shown_with_those_there_are() => Fault("gate: aproval, by: vendor", FaultCodes.UnknownGate, 18,
        "'aproval' is no gate. Did you mean 'approval'?");

    [Fact]
    public void An_approval_needs_somebody_to_ask() => Fault("gate: approval", FaultCodes.MissingKey, 10,
        "The approval gate 'ask' needs 'by'.");

    [Fact]
    public void Somebody_who_cannot_be_asked_is_shown_with_those_who_can() => Fault("gate: approval, by: nobody", FaultCodes.WrongKind, 32,
        "'by' cannot be 'nobody'. Known: 'both', 'customer', 'vendor'.");

    [Fact]
    public void A_duration_that_is_none_is_shown_with_examples() => Fault("gate: wait, duration: 10 minutes", FaultCodes.BadDuration, 34,
        "'10 minutes' is no duration; write it like 90s, 10m, 1h30m, 2d or PT10M.");

    [Fact]
    public void A_cron_expression_that_is_none_is_shown_with_an_example() => Fault("gate: window, cron: nightly, duration: 2h", FaultCodes.BadCron, 32,
        "'nightly' is no cron expression; write five fields, minute hour day month weekday, like \"0 3 * * 6\" for Saturdays at three (UTC).");

    [Fact]
    public void An_action_on_nothing_is_shown() => Fault("gate: action, node: ap, operation: restart", FaultCodes.UnknownNode, 32,
        "'ask' acts on 'ap', and there is no such entity. Did you mean 'app'?");

    [Fact]
    public void An_operation_that_the_type_lacks_is_shown() => Fault("gate: action, node: app, operation: restrat", FaultCodes.UnknownOperation, 48,
        "app@1.1.0 has no operation 'restrat'. Did you mean 'restart'?");

    [Fact]
    public void A_key_of_another_gate_is_shown() => Fault("gate: wait, duration: 10m, by: vendor", FaultCodes.UnknownKey, 39,
        "The wait gate 'ask' has no 'by'. Known: 'after', 'duration', 'gate', 'title', 'was'.");

    [Fact]
    public void A_gate_cannot_be_a_no_op() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("ask: { gate: wait, duration: 10m }") + "  noop: [ask]\n"), FaultCodes.UnknownNode, 6, 10,
        "'noop' names 'ask', which is a gate; only entities can be adopted. To do without the gate, list it under 'remove'.");

    [Fact]
    public void Every_gate_keeps_what_it_says()
    {
        var blueprint = Sample.Compiled(Sample.Nodes("""
            app: { entity: app@1, config: { network: x } }
            ask: { gate: approval, by: both, deadline: 2d, after: [app] }
            wait: { gate: wait, duration: 1h30m, after: [ask] }
            night: { gate: window, cron: "0 3 * * 6", duration: PT2H, after: [wait] }
            act: { gate: action, node: app, operation: restart, after: [night] }
            """));
        Assert.Equal([NodeKind.Entity, NodeKind.Approval, NodeKind.Wait, NodeKind.Window, NodeKind.Action], blueprint.Nodes.Select(n => n.Kind));
        Assert.Equal(new GateSpec { By = "both", Deadline = TimeSpan.FromDays(2) }, blueprint.Find("ask")!.Gate);
        Assert.Equal(new GateSpec { Duration = TimeSpan.FromMinutes(90) }, blueprint.Find("wait")!.Gate);
        Assert.Equal(new GateSpec { Cron = "0 3 * * 6", WindowDuration = TimeSpan.FromHours(2) }, blueprint.Find("night")!.Gate);
        Assert.Equal(["app", "night"], blueprint.Find("act")!.DependsOn);
    }

    private static void Fault(string gate, string code, int column, string message) => Sample.HasFault(
        Sample.Compile(Sample.Nodes($"ask: {{ {gate} }}\napp: {{ entity: app@1, config: {{ network: x }} }}")), code, 5, column, message);
}
