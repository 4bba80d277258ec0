using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;

namespace Fabric.Workflows.Catalog;

/// <summary>What a type's templates may know of where they are used.</summary>
/// <param name="EnvironmentId">The environment's id, as text.</param>
/// <param name="EnvironmentName">Its slug.</param>
/// <param name="Namespace">The Kubernetes namespace its objects live in.</param>
/// <param name="Tenant">The tenant's slug.</param>
/// <param name="Node">The blueprint node the entity stands at.</param>
/// <param name="Cloud">The cloud it runs in.</param>
/// <param name="Region">The region it runs in.</param>
public sealed record RenderContext(
    string EnvironmentId, string EnvironmentName, string Namespace, string Tenant, string Node, string Cloud = "", string Region = "")
{
    internal Lookup Environment(IReadOnlyList<string> path) => Lookup.Into(new JsonObject
    {
        ["id"] = EnvironmentId,
        ["name"] = EnvironmentName,
        ["namespace"] = Namespace,
        ["tenant"] = Tenant,
        ["cloud"] = Cloud,
        ["region"] = Region,
    }, path);
}

/// <param name="Objects">Kubernetes objects in the order of their waves.</param>
/// <param name="Outputs">The implementation's outputs.</param>
/// <param name="Secrets">Names of the secrets the objects refer to, to be sealed at delivery.</param>
/// <param name="Errors">Sentences; with any of them the rest is not to be used.</param>
public sealed record RenderResult(
    IReadOnlyList<JsonObject> Objects, JsonObject Outputs, IReadOnlyList<string> Secrets, IReadOnlyList<BindingError> Errors)
{
    public bool Succeeded => Errors.Count == 0;
}
