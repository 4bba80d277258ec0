using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Fabric.Protocol;
using Fabric.Protocol.Enrolment;

namespace Fabric.Agent;

/// <summary>
/// Settings, from environment variables or from the JSON file that <c>FABRIC_CONFIG</c> names (an object with the same keys;
/// the environment wins).
/// </summary>
internal sealed record AgentConfig
{
    /// <summary><c>FABRIC_URL</c>: the control plane; https, or http on loopback; no path.</summary>
    public required Uri Url { get; init; }

    /// <summary><c>FABRIC_CA</c>: PEM file; its authorities are trusted for the control plane instead of the system's. Null: the system's.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary><c>FABRIC_TOKEN</c>: one-time token; needed until enrolled.</summary>
    public string? Token { get; init; }

    /// <summary><c>FABRIC_KUBECONFIG</c>: path; absent means the pod's own service account.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary><c>FABRIC_NAMESPACE</c>: where the agent lives; default <c>fabric-agent</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary><c>FABRIC_SCOPE</c>: <c>cluster</c> (default) or <c>namespaced</c>.</summary>
    public required AgentScope Scope { get; init; }

    /// <summary><c>FABRIC_CLUSTER_NAME</c>: for people; default <c>cluster</c>.</summary>
    public required string ClusterName { get; init; }

    /// <summary><c>FABRIC_HEALTH_PORT</c>: serves /healthz and /readyz; 0 (default) serves nothing.</summary>
    public required int HealthPort { get; init; }

    /// <summary><c>FABRIC_RESYNC</c> (10), <c>FABRIC_HOLD</c> (50), <c>FABRIC_LEASE</c> (15): seconds.</summary>
    public required AgentTimeouts Timeouts { get; init; }
}

/// <summary>Reads and checks settings; finds every fault at once.</summary>
internal static class AgentConfigReader
{
    public static (AgentConfig? Config, IReadOnlyList<string> Faults) Read(Func<string, string?> environment)
    {
        var faults = new List<string>();
        var file = ReadFile(environment("FABRIC_CONFIG"), faults);
        string? Value(string key) => environment(key) is { Length: > 0 } set ? set : file.GetValueOrDefault(key);
        double Number(string key, double otherwise, double least, double most)
        {
            if (Value(key) is not { } text) return otherwise;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most) return n;
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{key}: must be a number from {least} to {most}."));
            return otherwise;
        }

        var url = ReadUrl(Value("FABRIC_URL"), faults);
        var authorities = ReadAuthorities(Value("FABRIC_CA"), faults);
        var scope = Value("FABRIC_SCOPE") ?? "cluster";
        if (scope is not ("cluster" or "namespaced")) faults.Add("FABRIC_SCOPE: must be cluster or namespaced.");
        if (Value("FABRIC_KUBECONFIG") is { } path && !File.Exists(path)) faults.Add($"FABRIC_KUBECONFIG: there is no file {path}.");
        var timeouts = new AgentTimeouts(TimeSpan.FromSeconds(Number("FABRIC_HOLD", 50, 1, 50)),
            TimeSpan.FromSeconds(Number("FABRIC_RESYNC", 10, 1, 3600)), TimeSpan.FromSeconds(Number("FABRIC_LEASE", 15, 2, 300)));
        if (timeouts.Fault() is { } fault) faults.Add(fault);
        var port = Number("FABRIC_HEALTH_PORT", 0, 0, 65535);
        if (faults.Count > 0) return (null, faults);
        return (new AgentConfig
        {
            Url = url!,
            Authorities = authorities,
            Token = Value("FABRIC_TOKEN")?.Trim(),
            Kubeconfig = Value("FABRIC_KUBECONFIG"),
            Namespace = Value("FABRIC_NAMESPACE") ?? "fabric-agent",
            Scope = scope == "cluster" ? AgentScope.Cluster : AgentScope.Namespaced,
            ClusterName = Value("FABRIC_CLUSTER_NAME") ?? "cluster",
            HealthPort = (int)port,
            Timeouts = timeouts,
        }, faults);
    }

    private static Uri? ReadUrl(string? text, List<string> faults)
    {
        if (ServerUrl.Fault(text) is not { } fault) return new Uri(text!);
        faults.Add($"FABRIC_URL: {fault}");
        return null;
    }

    private static X509Certificate2Collection? ReadAuthorities(string? path, List<string> faults)
    {
        if (path is null) return null;
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(path);
            if (found.Count > 0) return found;
            faults.Add($"FABRIC_CA: {path} holds no certificate; it must be a PEM file (-----BEGIN CERTIFICATE-----) with the authorities that the control plane's certificate comes from.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add($"FABRIC_CA: the file {path} cannot be read: {e.Message}");
        }
        catch (CryptographicException e)
        {
            faults.Add($"FABRIC_CA: {path} is no PEM file of certificates: {e.Message}");
        }

        return null;
    }

    private static Dictionary<string, string> ReadFile(string? path, List<string> faults)
    {
        if (string.IsNullOrEmpty(path)) return [];
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            faults.Add($"FABRIC_CONFIG: {path} cannot be read as a JSON object: {e.Message}");
            return [];
        }
    }
}
