using System.Text.Json.Nodes;
using Fabric.Tests.Storage;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Blueprints.Life;

/// <summary>What a version would do to an environment, told before anybody upgrades it.</summary>
public sealed class ImpactOfUpgrades
{
    private const string Net = "network: { entity: network@1, config: { cidr: 10.0.0.0/16 } }";
    private static readonly string Before = Sample.Nodes($$"""
        {{Net}}
        app: { entity: app@1.0, config: { network: "${network.id}", size: 3 } }
        """);

    private static CompiledBlueprint Compiled(string nodes, string more = "") => Sample.Compiled(Sample.Nodes(nodes) + more) with { Version = 2 };

    /// <summary>The environment as the first version left it.</summary>
    private static Standing Standing(string cloud = "sandbox", string[]? noOp = null, EnvironmentState state = EnvironmentState.Ready)
    {
        var blueprint = Sample.Compiled(Before);
        var environment = Rows.Environment("prod", "sample") with { Blueprint = "sample", Cloud = cloud, State = state, Generation = 1 };
        var generation = new Generation
        {
            EnvironmentId = environment.Id, Number = 1, Tenant = "sample", Blueprint = "sample", BlueprintVersion = 1, Revision = 1,
            Parameters = [], NoOp = noOp ?? [], Adopted = [], CreatedAt = Rows.Now, ActorId = "ada",
        };
        Entity Ready(string node, string config, string outputs) => Rows.Entity(environment.Id, node, "sample") with
        {
            Node = node, Type = blueprint.Find(node)!.Type!.ToString(), TypeHash = blueprint.Find(node)!.Type!.Hash, Executor = "sandbox", State = Fabric.Workflows.Environments.EntityState.Ready,
            Config = JsonNode.Parse(config)!.AsObject(), Outputs = JsonNode.Parse(outputs)!.AsObject(), DeployedGeneration = 1, NoOp = false, Drifted = false,
            DependsOn = blueprint.Find(node)!.DependsOn,
        };
        var desired = new DesiredState(generation, blueprint, DesiredBuilder.TypesOf(blueprint, Sample.Catalog.Find));
        return new Standing(environment, desired, [],
        [
            Ready("network", """{"cidr":"10.0.0.0/16"}""", """{"id":"net-prod"}"""),
            Ready("app", """{"network":"net-prod","size":3,"mode":"safe"}""", """{"url":"http://app"}"""),
        ]);
    }

    private static UpgradeVerdict Of(CompiledBlueprint target, Standing? standing = null, Func<string, IExecutor?>? executors = null) =>
        UpgradeImpact.Of(standing ?? Standing(), target, Sample.Catalog.Find, executors ?? (_ => new NoState()), Rows.Now);

    private static string Plan(UpgradeVerdict verdict)
    {
        Assert.True(verdict.CanUpgrade, string.Join(' ', verdict.Faults.Select(fault => fault.Message)));
        return string.Join(", ", verdict.Steps.Select(step => $"{step.Node} {step.Action}"));
    }

    [Fact]
    public void The_same_blueprint_changes_nothing() => Assert.Equal("network None, app None", Plan(Of(Sample.Compiled(Before))));

    [Fact]
    public void Each_node_meets_what_its_run_would_do() => Assert.Equal(
        "network Replace, extra Create, app KnownAfterApply",
        Plan(Of(Compiled("""
            network: { entity: network@1, config: { cidr: 10.1.0.0/16 } }
            extra: { entity: network@1 }
            app: { entity: app@1.0, config: { network: "${network.id}", size: 3 } }
            """))));

    [Fact]
    public void Another_setting_is_an_update_and_a_node_that_is_gone_a_delete()
    {
        Assert.Equal("network None, app Update", Plan(Of(Compiled($$"""
            {{Net}}
            app: { entity: app@1.0, config: { network: "${network.id}", size: 5 } }
            """))));
        Assert.Equal("network None, app Delete", Plan(Of(Compiled(Net))));
    }

    [Fact]
    public void A_parameter_that_is_required_now_and_has_no_default_stands_in_the_way()
    {
        var fault = Assert.Single(Of(Compiled(Net, "  parameters: { type: object, required: [servers], properties: { servers: { type: integer } } }\n")).Faults);

        Assert.Equal(("InvalidParameter", "parameters.servers"), (fault.Code, fault.Field));
    }

    [Fact]
    public void A_node_that_is_left_out_now_needs_its_outputs_from_somebody()
    {
        var fault = Assert.Single(Of(Sample.Compiled(Before + "  noop: [network]\n")).Faults);

        Assert.Equal(("MissingAdopted", "adopted.network.id"), (fault.Code, fault.Field));
    }

    [Fact]
    public void A_type_that_does_not_run_on_its_cloud_stands_in_the_way()
    {
        var verdict = Of(Sample.Compiled(Before), Standing("aws"));

        Assert.False(verdict.CanUpgrade);
        Assert.Contains("has no implementation for 'aws'", verdict.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_being_destroyed_is_not_upgraded() =>
        Assert.Equal("It is Destroying.", Assert.Single(Of(Sample.Compiled(Before), Standing(state: EnvironmentState.Destroying)).Faults).Message);

    [Fact]
    public void An_executor_that_is_not_here_is_named()
    {
        var fault = Assert.Single(Of(Compiled("extra: { entity: network@1 }\n" + Net + "\napp: { entity: app@1.0, config: { network: \"${network.id}\", size: 3 } }"), executors: _ => null).Faults);

        Assert.Contains("extra needs the executor sandbox", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>An executor without any state of its own: plans come from configurations.</summary>
    private sealed class NoState : IExecutor
    {
        public string Name => "sandbox";

        public int Budget => 1;

        public ValueTask<StepResult> PlanAsync(StepContext step, CancellationToken cancellationToken) => ValueTask.FromResult(StepResult.Planned(ConfigPlan.Make(step)));

        public ValueTask<StepResult> ApplyAsync(StepContext step, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<StepResult> LookAsync(StepContext step, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask CancelAsync(StepContext step, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<StepResult> CheckAsync(StepContext step, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
