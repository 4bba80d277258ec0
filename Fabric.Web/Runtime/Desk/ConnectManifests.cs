using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Manifest;
using Fabric.Web.Live;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Microsoft.Extensions.Options;

namespace Fabric.Web.Runtime.Desk;

/// <summary>How agents reach this server: section <c>Fabric:Agents</c>.</summary>
public sealed class AgentOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Fabric:Agents";

    /// <summary>Address that agents dial, as seen from their clusters; by default the server's own first address.</summary>
    public string? ServerUrl { get; set; }

    /// <summary>PEM file with the authorities of this server's certificate, where agents' systems do not know them; it goes into their manifests.</summary>
    public string? CaFile { get; set; }

    /// <summary>Image of the agent.</summary>
    public string Image { get; set; } = "fabric/agent:1.0.0";

    /// <summary>Everything that is wrong, each with its key.</summary>
    public IEnumerable<string> Faults()
    {
        if (ServerUrl is not null && Protocol.ServerUrl.Fault(ServerUrl) is { } fault)
            yield return $"{Section}:ServerUrl: {fault}";
        if (CaFile is { Length: > 0 } && !File.Exists(CaFile))
            yield return $"{Section}:CaFile: there is no file {CaFile}.";
    }
}

/// <summary>Holds the server's start when agents could not dial it.</summary>
internal sealed class AgentOptionsCheck : IValidateOptions<AgentOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentOptions options) =>
        options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}

/// <summary>Makes the manifests that a customer, or the bootstrap of a cluster, applies to connect an agent.</summary>
internal sealed class ConnectManifests(IOptions<AgentOptions> options, Hosting.ServerAddress address) : IAgentManifests
{
    /// <summary>Why no agent could dial the address that would stand in the manifests; null when all is well.</summary>
    public OperationFault? Fault() => Protocol.ServerUrl.Fault(Url) is { } fault
        ? new OperationFault(
            FaultKind.Unavailable, "NoServerUrl", $"{AgentOptions.Section}:{nameof(AgentOptions.ServerUrl)} is not set, and agents cannot dial the address that this server listens on: {fault} Set it to the address of this server as seen from the clusters.")
        : null;

    public EnrollmentView Make(FabricEnvironment environment, string token, DateTimeOffset expiresAt) => new(
        token, expiresAt, ForCluster(environment, token), Render(environment, token, AgentScope.Namespaced));

    public string ForCluster(FabricEnvironment environment, string token) => Render(environment, token, AgentScope.Cluster);

    private string Url => options.Value.ServerUrl ?? address.First;

    private string Render(FabricEnvironment environment, string token, AgentScope scope) => AgentManifest.Render(new AgentManifestOptions
    {
        ServerUrl = new Uri(Url),
        Token = token,
        Scope = scope,
        EnvironmentNamespaces = [StepInputs.NamespaceOf(environment)],
        Image = options.Value.Image,
        Authorities = options.Value.CaFile is { Length: > 0 } file ? File.ReadAllText(file) : null,
        ClusterName = environment.Name,
    });
}
