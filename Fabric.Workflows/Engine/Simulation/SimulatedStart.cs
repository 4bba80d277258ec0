using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine.Simulation;

/// <summary>An environment that exists nowhere, ready to be made on the sandbox cloud.</summary>
internal static class SimulatedStart
{
    private static readonly Guid Id = new("01900000-0000-7000-8000-00000000515e");

    /// <summary>What the owner of such an environment would hold; or every fault that keeps one from being created.</summary>
    public static Outcome<OwnerState> Of(CompiledBlueprint blueprint, EntityCatalog catalog, JsonObject parameters, DateTimeOffset now)
    {
        var adopted = Adopted(blueprint, catalog);
        var values = DesiredBuilder.Check(new Wish(blueprint, FabricEnvironment.SandboxCloud, parameters, [], adopted), catalog.Find);
        if (!values.Succeeded)
            return values.Cast<OwnerState>();
        var environment = new FabricEnvironment
        {
            Id = Id, Tenant = "sample", Name = "simulated", Cell = "none", Blueprint = blueprint.Name, Cloud = FabricEnvironment.SandboxCloud, Region = "local", CreatedAt = now, UpdatedAt = now,
        };
        var generation = new Generation
        {
            EnvironmentId = Id, Number = 1, Tenant = environment.Tenant, Blueprint = blueprint.Name, BlueprintVersion = blueprint.Version, Revision = 1,
            Parameters = values.Value.Values, NoOp = [], Adopted = adopted, CreatedAt = now, ActorId = "",
        };
        var desired = new DesiredState(generation, blueprint, DesiredBuilder.TypesOf(blueprint, catalog.Find));
        var empty = new OwnerState { Environment = environment, Entities = [], Desired = new() { [1] = desired } };
        return EntitiesToBe.In(empty, desired, now);
    }

    /// <summary>The run that makes it, as it stands when it starts.</summary>
    public static RunSnapshot Run(OwnerState state, DateTimeOffset now)
    {
        var run = new Run
        {
            Id = Id, Tenant = state.Environment.Tenant, EnvironmentId = Id, Number = 1, Kind = RunKind.Apply, Generation = 1, BlueprintVersion = state.Desired[1].Blueprint.Version,
            State = RunState.Running, ActorId = "", ActorName = "", CreatedAt = now, StartedAt = now,
        };
        return new RunSnapshot(run, RunPlanning.Preview(state, _ => null, run, state.Desired[1]));
    }

    /// <summary>Values in the place of what somebody has to adopt: of the right kind, and of nothing real.</summary>
    private static JsonObject Adopted(CompiledBlueprint blueprint, EntityCatalog catalog)
    {
        var adopted = new JsonObject();
        foreach (var node in NoOpCost.Compute(blueprint, catalog.Find, new HashSet<string>()).Nodes)
        {
            var outputs = new JsonObject();
            foreach (var output in node.Required)
                outputs[output.Output] = Example(output.Schema, $"simulated-{output.Output}");
            adopted[node.Node] = outputs;
        }

        return adopted;
    }

    private static JsonNode? Example(JsonObject schema, string text)
    {
        if ((schema["default"] ?? (schema["examples"] as JsonArray)?.FirstOrDefault() ?? (schema["enum"] as JsonArray)?.FirstOrDefault()) is { } given)
            return given.DeepClone();
        switch (schema["type"]?.ToString())
        {
            case "integer" or "number":
                return schema["minimum"]?.DeepClone() ?? JsonValue.Create(1);
            case "boolean":
                return JsonValue.Create(true);
            case "array":
                return new JsonArray([.. schema["items"] is JsonObject item ? [Example(item, text)] : Array.Empty<JsonNode?>()]);
            case "object":
                var properties = (schema["properties"] as JsonObject ?? []).Where(property => property.Value is JsonObject);
                return new JsonObject(properties.Select(property => KeyValuePair.Create(property.Key, Example((JsonObject)property.Value!, $"simulated-{property.Key}"))));
            default:
                return JsonValue.Create(text);
        }
    }
}
