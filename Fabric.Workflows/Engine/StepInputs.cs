using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine;

/// <summary>A node's configuration with its bindings resolved.</summary>
/// <param name="Config">What is known; unknown values are missing.</param>
/// <param name="UnknownPaths">Paths that are known after apply.</param>
/// <param name="Errors">Bindings that can never be resolved, as sentences.</param>
public sealed record StepInputs(JsonObject Config, IReadOnlyList<string> UnknownPaths, IReadOnlyList<string> Errors)
{
    /// <summary>Resolves a node's configuration.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="desired">What the run converges to.</param>
    /// <param name="node">The node.</param>
    /// <param name="outputsOf">Outputs of a node; null while they are not known.</param>
    public static StepInputs Resolve(FabricEnvironment environment, DesiredState desired, BlueprintNode node, Func<string, JsonObject?> outputsOf)
    {
        var result = Bindings.Resolve(node.Config, (root, path) => root switch
        {
            "param" => Walk(desired.Generation.Parameters, path, $"parameter {string.Join('.', path)}"),
            "env" => Walk(About(environment), path, $"environment value {string.Join('.', path)}"),
            "entity" => Walk(new JsonObject { ["name"] = node.Name }, path, $"entity value {string.Join('.', path)}"),
            _ => desired.Blueprint.Find(root) is null
                ? Lookup.Missing($"There is no node {root}.")
                : outputsOf(root) is { } outputs ? OfNode(root, Walk(outputs, path, $"output {root}.{string.Join('.', path)}")) : Lookup.Unknown(),
        });
        return new StepInputs(result.Value as JsonObject ?? [], [.. result.Unknown.Select(unknown => unknown.Where)], [.. result.Errors.Select(error => error.Message)]);
    }

    /// <summary>How the names of the secrets begin that hold a node's sensitive outputs.</summary>
    public static string SecretPrefixOf(string node) => $"output-{node}-";

    /// <summary>Adopted values of a no-op node.</summary>
    public static JsonObject? AdoptedOutputs(DesiredState desired, string node) => desired.Generation.Adopted[node] as JsonObject;

    /// <summary>What <c>${env.…}</c> refers to.</summary>
    public static JsonObject About(FabricEnvironment environment) => new()
    {
        ["id"] = environment.Id.ToString(),
        ["name"] = environment.Name,
        ["tenant"] = environment.Tenant,
        ["cloud"] = environment.Cloud,
        ["region"] = environment.Region,
        ["namespace"] = NamespaceOf(environment),
    };

    /// <summary>What an entity type's own templates (outputs, manifests) refer to: <c>config</c>, <c>env</c>, <c>entity</c>.</summary>
    public static Lookup About(Executors.StepContext step, string root, string[] path) => root switch
    {
        "config" => Walk(step.Config ?? [], path, $"configuration value {string.Join('.', path)}"),
        "env" => Walk(About(step.Environment), path, $"environment value {string.Join('.', path)}"),
        "entity" => Walk(new JsonObject { ["name"] = step.Step.Node, ["id"] = step.Entity?.Id.ToString() }, path, $"entity value {string.Join('.', path)}"),
        _ => Lookup.Missing($"There is no {root} here; an entity type knows config, env and entity."),
    };

    /// <summary>
    /// The Kubernetes namespace of an environment: its name, which people look for, and a mark of its tenant, since one cluster may carry
    /// environments of two tenants under one name. At most 57 characters of the 63 that Kubernetes allows.
    /// </summary>
    public static string NamespaceOf(FabricEnvironment environment) => NamespaceOf(environment.Tenant, environment.Name);

    /// <inheritdoc cref="NamespaceOf(FabricEnvironment)"/>
    public static string NamespaceOf(string tenant, string environment) => $"fabric-{environment}-{Mark(tenant)}";

    private static string Mark(string tenant) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)).AsSpan(0, 4));

    /// <summary>A sensitive output stands as a reference to the secret it was put into; such a one, and no other, may be handed on.</summary>
    private static Lookup OfNode(string node, Lookup output) =>
        output.IsFound && Bindings.Secrets(output.Node) is { Count: > 0 } secrets && secrets.All(name => name.StartsWith(SecretPrefixOf(node), StringComparison.Ordinal))
            ? Lookup.Found(output.Node, mayReferToSecrets: true)
            : output;

    private static Lookup Walk(JsonObject from, string[] path, string what)
    {
        JsonNode? at = from;
        foreach (var name in path)
        {
            if (at is not JsonObject here || !here.TryGetPropertyValue(name, out at))
                return Lookup.Missing($"There is no {what}.");
        }

        return Lookup.Found(at);
    }
}
