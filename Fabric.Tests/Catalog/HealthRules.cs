using Fabric.Tests.Blueprints;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Tests.Catalog;

public sealed class HealthRules
{
    private const string Sandbox = "  config: { properties: { phase: { type: string } } }\n  implementations: [{ on: sandbox, simulated: {} }]\n";

    [Fact]
    public void Conditions_and_values_are_read_and_kept_in_a_cells_copy()
    {
        var load = Load("  health: [{ target: { kind: Certificate }, condition: Ready }, { target: { kind: Cluster, name: \"${entity.name}\" }, path: status.phase, value: Up }]\n");
        Assert.Empty(load.Faults);
        var copy = EntityType.FromJson(load.Catalog.Find("one")!.ToJson());
        Assert.Equal([("Certificate", "Ready", "True", null, null), ("Cluster", null, "True", "status.phase", "Up")],
            copy.Health!.Select(rule => (rule.Target["kind"]!.ToString(), rule.Condition, rule.Status, rule.Path, rule.Value)));
    }

    [Theory]
    [InlineData("  health: { Certificate: Ready }\n", FaultCodes.WrongKind, "'health' must be a list, not a map.")]
    [InlineData("  health: [{ condition: Ready }]\n", FaultCodes.MissingKey, "A health rule needs a target with a kind.")]
    [InlineData("  health: [{ target: { kind: A }, condition: Ready, path: b, value: c }]\n", FaultCodes.MissingKey, "A health rule is a condition, or a path with its value.")]
    [InlineData("  health: [{ target: { kind: A }, path: status.phase }]\n", FaultCodes.MissingKey, "A health rule is a condition, or a path with its value.")]
    [InlineData("  health: [{ target: { kind: A }, condition: Ready, status: Yes }]\n", FaultCodes.WrongKind, "'status' cannot be 'Yes'.")]
    [InlineData("  health: [{ target: { kind: A }, path: a, value: \"${config.fase}\" }]\n", FaultCodes.UnknownBinding, "The type has no setting 'fase'. Known: 'phase'.")]
    [InlineData("  operations: { go: { steps: [{ patch: { target: { kind: A, name: \"${entity.nam}\" }, patch: { at: \"${now}\" } } }] } }\n", FaultCodes.UnknownBinding, "'entity.nam' is unknown.")]
    public void What_is_wrong_is_said_when_the_type_is_loaded(string health, string code, string sentence)
    {
        var fault = Assert.Single(Load(health).Faults);
        Assert.Equal(code, fault.Code);
        Assert.StartsWith(sentence, fault.Message, StringComparison.Ordinal);
    }

    private static CatalogLoad Load(string spec) =>
        Sample.Load(new Dictionary<string, string> { ["one"] = Sample.Named("one", "1.0.0") + Sandbox + spec });
}
