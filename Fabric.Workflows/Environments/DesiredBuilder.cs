using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Environments;

/// <summary>What someone wants an environment to be.</summary>
/// <param name="Blueprint">A published version.</param>
/// <param name="Cloud">Where it runs.</param>
/// <param name="Values">The environment's own layer of configuration.</param>
/// <param name="NoOp">Nodes flagged no-op, on top of the blueprint's.</param>
/// <param name="Adopted">Adopted outputs by node.</param>
public sealed record Wish(CompiledBlueprint Blueprint, string Cloud, JsonObject Values, IReadOnlyList<string> NoOp, JsonObject Adopted);

/// <summary>Checks a wish against all it refers to, and merges its layers. Pure; every fault at once, each naming its field.</summary>
public static class DesiredBuilder
{
    /// <summary>The values in force; or every fault.</summary>
    /// <param name="wish">The wish.</param>
    /// <param name="types">Where types come from: exactly the content that the blueprint was published with.</param>
    public static Outcome<LayeredValues> Check(Wish wish, EntityCatalogLookup types)
    {
        var faults = new List<OperationFault>();
        var layers = Layers.Merge(
        [
            new ConfigurationLayer("product", wish.Blueprint.Version, Layers.Defaults(wish.Blueprint.Parameters)),
            new ConfigurationLayer("environment", 0, wish.Values),
        ]);
        faults.AddRange(SchemaCheck.Validate(layers.Values, wish.Blueprint.Parameters)
            .Select(issue => Invalid("InvalidParameter", issue.Message, issue.Path.Length > 0 ? $"parameters.{issue.Path}" : "parameters")));
        if (!Placement.Clouds.Contains(wish.Cloud))
            faults.Add(Invalid("UnknownCloud", $"'{wish.Cloud}' is no cloud: choose one of {string.Join(", ", Placement.Clouds)}.", "cloud"));
        faults.AddRange(wish.NoOp.Where(name => wish.Blueprint.Find(name) is null)
            .Select(name => Invalid("UnknownNode", $"{wish.Blueprint.Name} has no node {name}.", "noop")));
        var noOp = NoOpOf(wish);
        if (faults.Count == 0)
        {
            faults.AddRange(Placement.Check(wish.Blueprint, types, wish.Cloud, noOp)
                .Select(fault => Invalid(fault.Code, fault.Message, "cloud")));
            faults.AddRange(wish.Blueprint.Nodes.Where(node => node.Type is { } type && noOp.Contains(node.Name) && types(type) is null)
                .Select(node => Invalid(FaultCodes.UnknownEntityVersion, $"The content of {node.Type} that '{node.Name}' was published with is not here; load that version of the type again.", "blueprint")));
            faults.AddRange(NoOpCost.Compute(wish.Blueprint, types, noOp).Check(wish.Adopted)
                .Select(issue => Invalid("MissingAdopted", issue.Message, $"adopted.{issue.Path}")));
        }

        return faults.Count > 0 ? faults.ToArray() : layers;
    }

    /// <summary>Nodes that will not be executed: the blueprint's no-ops and the environment's.</summary>
    public static IReadOnlySet<string> NoOpOf(Wish wish) =>
        wish.NoOp.Concat(wish.Blueprint.Nodes.Where(node => node.NoOp).Select(node => node.Name)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The exact types a blueprint version uses.</summary>
    public static IReadOnlyList<EntityType> TypesOf(CompiledBlueprint blueprint, EntityCatalogLookup types) => [.. blueprint.Types.Select(type => types(type)).OfType<EntityType>()];

    private static OperationFault Invalid(string code, string message, string field) => new(FaultKind.Invalid, code, message, field);
}
