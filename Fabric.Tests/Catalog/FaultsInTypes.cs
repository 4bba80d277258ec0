using Fabric.Tests.Blueprints;
using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Catalog;

public sealed class FaultsInTypes
{
    private const string Sandbox = "  implementations: [{ on: sandbox, simulated: {} }]\n";

    [Fact]
    public void A_mistyped_schema_keyword_is_shown() => Fault("  config: { properties: { a: { type: integer, minimun: 1 } } }\n" + Sandbox,
        FaultCodes.BadSchema, 5, 47, "'minimun' is no schema keyword that Fabric reads. Did you mean 'minimum'?");

    [Fact]
    public void A_default_outside_its_own_limits_is_shown() => Fault("  config: { properties: { a: { type: integer, maximum: 3, default: 7 } } }\n" + Sandbox,
        FaultCodes.BadSchema, 5, 68, "The default does not fit its own schema: it must be at most 3, not 7.");

    [Fact]
    public void A_pattern_that_could_run_for_ever_is_refused() => Fault("  config: { properties: { a: { type: string, pattern: \"(?=a)b\" } } }\n" + Sandbox,
        FaultCodes.BadSchema, 5, 55, "This is no regular expression without look-around and back-references, which is what a pattern must be.");

    [Fact]
    public void A_template_that_uses_a_setting_that_is_not_there_is_shown() => Fault(
        "  config: { properties: { size: { type: integer } } }\n  outputs: { properties: { a: {} } }\n  implementations: [{ on: sandbox, simulated: { outputs: { a: \"${config.sise}\" } } }]\n",
        FaultCodes.UnknownBinding, 7, 63, "The type has no setting 'sise'. Did you mean 'size'?");

    [Fact]
    public void An_output_that_was_promised_and_not_given_is_shown() => Fault(
        "  outputs: { required: [a], properties: { a: {} } }\n  implementations: [{ on: sandbox, simulated: { outputs: { } } }]\n",
        FaultCodes.MissingKey, 6, 58, "The type promises the output 'a'; this implementation must give it.");

    [Fact]
    public void Two_implementations_for_one_place_are_refused() => Fault("  implementations: [{ on: sandbox, simulated: {} }, { on: sandbox, simulated: {} }]\n",
        FaultCodes.DuplicateName, 5, 53, "There are two implementations on 'sandbox'; keep one.");

    [Fact]
    public void A_step_that_is_two_things_is_refused() => Fault(Sandbox + "  operations: { restart: { steps: [{ wait: healthy, job: {} }] } }\n",
        FaultCodes.MissingKey, 6, 36, "A step is exactly one of patch, job and wait.");

    [Fact]
    public void Manifests_that_are_not_there_are_named() => Fault("  implementations: [{ on: cluster, manifests: manifests/*.yaml }]\n",
        FaultCodes.MissingFile, 5, 47, "No file matches 'manifests/*.yaml' in the folder of this type.");

    [Fact]
    public void A_version_that_is_none_is_shown()
    {
        var fault = Assert.Single(Sample.Load(new Dictionary<string, string> { ["one"] = Sample.Named("one", "1.2") + Sandbox }).Faults);
        Assert.Equal((FaultCodes.BadVersion, 3, "'1.2' is no version; write three numbers like 1.3.0."), (fault.Code, fault.Line, fault.Message));
    }

    private static void Fault(string spec, string code, int line, int column, string message)
    {
        var load = Sample.Load(new Dictionary<string, string> { ["one"] = Sample.Named("one", "1.0.0") + spec });
        var fault = Assert.Single(load.Faults);
        Assert.Equal((code, "one/entity.yaml", line, column, message), (fault.Code, fault.File, fault.Line, fault.Column, fault.Message));
        Assert.Null(load.Catalog.Find("one"));
    }
}
