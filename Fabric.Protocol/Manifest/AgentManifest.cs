using System.Text.RegularExpressions;
using Fabric.Protocol.Enrolment;

namespace Fabric.Protocol.Manifest;

/// <summary>The YAML for <c>kubectl apply -f -</c>: CRD, namespace, service account, exactly the rights that are needed, token and Deployment.</summary>
public static partial class AgentManifest
{
    /// <summary>Renders the file; deterministic.</summary>
    /// <exception cref="ArgumentException">A name is no Kubernetes name, or the namespaced form names no namespace.</exception>
    public static string Render(AgentManifestOptions options)
    {
        foreach (var name in options.EnvironmentNamespaces.Append(options.Namespace))
            if (!DnsLabel().IsMatch(name)) throw new ArgumentException($"'{name}' is not a namespace name.", nameof(options));
        if (options.Scope == AgentScope.Namespaced && options.EnvironmentNamespaces.Count == 0)
            throw new ArgumentException("The namespaced form needs the environments' namespaces.", nameof(options));
        IEnumerable<string> documents =
        [
            IntentCrd.Yaml,
            AgentWorkload.Namespace(options.Namespace),
            .. EnvironmentNamespaces(options).Select(AgentWorkload.Namespace),
            AgentWorkload.ServiceAccount(options),
            .. AgentRights.Documents(options),
            AgentWorkload.TokenSecret(options),
            .. options.Authorities is null ? Array.Empty<string>() : [AgentWorkload.Authorities(options)],
            AgentWorkload.Deployment(options),
        ];
        return string.Join("---\n", documents);
    }

    /// <summary>The namespaces that the namespaced form makes, because the agent may not.</summary>
    internal static IEnumerable<string> EnvironmentNamespaces(AgentManifestOptions options) =>
        options.Scope == AgentScope.Namespaced ? options.EnvironmentNamespaces.Distinct().Where(name => name != options.Namespace) : [];

    /// <summary>A YAML scalar that can become nothing but a string.</summary>
    internal static string Quote(string text) => "\"" + System.Text.Json.JsonEncodedText.Encode(text) + "\"";

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex DnsLabel();
}
