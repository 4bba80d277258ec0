using System.Text.Json.Nodes;
using Fabric.Tests.Engine.Simulation;
using Fabric.Tests.Support;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Engine.Operations;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Terraform;

/// <summary>A module gives what its type promises, or its step fails where it stands and not where somebody binds it.</summary>
public sealed class PromisedOutputs
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outputs_that_are_not_as_promised_fail_their_own_step_with_name_and_kinds_and_no_value()
    {
        const string Outputs = """
            { "type": "object", "required": ["networkId", "port"], "properties": {
              "networkId": { "type": "string" }, "port": { "type": "integer" }, "subnets": { "type": "array", "items": { "type": "string" } },
              "key": { "type": "integer" }, "extra": { "type": "string" }, "site": { "type": "object", "required": ["zone"], "properties": { "zone": { "type": "string" } } } } }
            """;
        var type = TerraformBed.Type("net", new JsonObject { ["type"] = "object" }, JsonNode.Parse(Outputs)!.AsObject(), ("main.tf", """
            resource "terraform_data" "net" { input = "hunter2" }
            output "network_id" { value = null }
            output "port" { value = terraform_data.net.output }
            output "subnets" { value = [["hunter2"]] }
            output "key" {
              value     = terraform_data.net.output
              sensitive = true
            }
            output "site" { value = { place = "hunter2" } }
            """));
        await using var bed = await TerraformBed.OpenAsync(Stop);
        var blueprint = SmallModule.Blueprint("net") with { Hash = "net", Nodes = [new BlueprintNode { Name = "net", Type = type.Ref }] };
        var environment = await bed.Bed.CreateAsync(blueprint, [type], parameters: [], cloud: "aws");
        await using var owner = await bed.Bed.OwnAsync(environment.Id);

        const string Sentence = "Terraform has done its work, and the module of net 1.0.0 on aws does not give the outputs that its type promises: "
            + "output \"network_id\" must be text and has no value; output \"port\" must be a whole number and is text; output \"subnets.0\" must be text and is a list; "
            + "output \"key\" must be a whole number and is text; output \"site.zone\" must be text and is not there. Correct the module's outputs or the type's schema in a new version.";
        var made = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        Assert.Equal(RunState.Failed, made.State);
        var step = (await bed.Bed.StepsAsync(made.Id))[0];
        Assert.Equal((StepState.Failed, Reasons.OutputsBroken, Sentence), (step.State, step.Reason, step.Message));

        // The next run finds that all stands as it should, and that the outputs still do not.
        var again = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Apply));
        Assert.Equal((RunState.Failed, Reasons.OutputsBroken), (again.State, again.Reason));
        Assert.Contains(Sentence, again.Message, StringComparison.Ordinal);

        var destroyed = await bed.ThroughAsync(owner, new StartRun(EngineBed.Person, RunKind.Destroy));
        Assert.True(destroyed.State is RunState.Succeeded, destroyed.Message);
    }
}
