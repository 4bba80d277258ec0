using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Cluster;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Catalog;

/// <summary>Every operation that ships reaches objects that its type makes, with nothing left to resolve.</summary>
public sealed class RenderedOperations
{
    public static TheoryData<string, string> Operations => new(
        from type in BuiltInCatalog.Catalog.All
        where type.Implementations.Any(implementation => implementation.On == "cluster")
        from operation in type.Operations.Keys
        select (type.Name, operation));

    [Theory, MemberData(nameof(Operations))]
    public void An_operation_is_all_in_its_intent(string type, string operation)
    {
        var content = IntentContent.Build(Step(type, operation), DateTimeOffset.UnixEpoch);
        Assert.Equal((IntentContent.OperationKind, null), (content.Kind, content.Problem));
        var steps = JsonNode.Parse(content.Payload)!["operation"]!["steps"]!.AsArray();
        Assert.DoesNotContain("${", steps.ToJsonString(), StringComparison.Ordinal);
        Assert.All(steps, step => Assert.True((int)step!["timeoutSeconds"]! > 0));
        Assert.All(steps.Where(step => step!["type"]!.ToString() == "patch"), step => Assert.StartsWith("db", step!["target"]!["name"]!.ToString(), StringComparison.Ordinal));
    }

    private static StepContext Step(string name, string operation)
    {
        var type = BuiltInCatalog.Catalog.Find(name)!;
        var config = new JsonObject(ParameterForm.Of(type.Config).Where(field => field.Required)
            .Select(field => KeyValuePair.Create(field.Path, (JsonNode?)(field.Path.Contains("host", StringComparison.OrdinalIgnoreCase) ? "pinot.example.com" : "zk:2181"))));
        return new StepContext
        {
            Environment = new FabricEnvironment
            {
                Id = Guid.Empty, Tenant = "sample", Name = "env", Cell = "local", Blueprint = "b", Cloud = "kubernetes", Region = "here", CreatedAt = default, UpdatedAt = default,
            },
            Run = new Engine.Simulation.PlannerBed(("db", [])).Run,
            Step = Engine.Simulation.PlannerBed.Step("db") with { Action = PlanAction.Update },
            Type = type,
            Implementation = Placement.Choose(type, "kubernetes"),
            Config = SchemaCheck.WithDefaults(config, type.Config),
            Operation = operation,
        };
    }
}
