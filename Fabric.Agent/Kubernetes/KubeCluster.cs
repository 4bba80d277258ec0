using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Authentication;

namespace Fabric.Agent.Kubernetes;

/// <summary>
/// The real cluster. The client library brings configuration and credentials; objects of any kind go as plain JSON, which its typed calls
/// cannot do. The typed client itself is never made: it would double the binary.
/// </summary>
internal sealed class KubeCluster : ICluster, IDisposable
{
    private const string ApplyPatch = "application/apply-patch+yaml", MergePatch = "application/merge-patch+json",
        StrategicPatch = "application/strategic-merge-patch+json";

    private readonly HttpClient http;
    private readonly ServiceClientCredentials? credentials;
    private readonly TimeSpan timeout;
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, KindInfo>> kinds = new();

    public KubeCluster(string? kubeconfig, AgentTimeouts timeouts)
    {
        var config = kubeconfig is null
            ? KubernetesClientConfiguration.InClusterConfig()
            : KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);
        timeout = timeouts.KubernetesRequest;
        credentials = k8s.Kubernetes.CreateCredentials(config);
        http = new HttpClient(Handler(config)) { BaseAddress = new Uri(config.Host.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<KindAnswer> FindKindAsync(string apiVersion, string kind, CancellationToken ct)
    {
        if (kinds.TryGetValue(apiVersion, out var known) && known.TryGetValue(kind, out var info)) return new(info, default);
        var reply = await SendAsync(HttpMethod.Get, Root(apiVersion), null, null, default, ct);
        if (reply.NotFound) return new(null, Unknown(apiVersion, kind));
        if (reply is not { Ok: true, Body: { } body }) return new(null, reply);
        var found = new Dictionary<string, KindInfo>();
        foreach (var resource in body["resources"]?.AsArray() ?? [])
        {
            var name = resource!["name"]!.GetValue<string>();
            if (!name.Contains('/')) found[resource["kind"]!.GetValue<string>()] = new(name, resource["namespaced"]!.GetValue<bool>());
        }

        kinds[apiVersion] = found;
        return found.TryGetValue(kind, out var fresh) ? new(fresh, default) : new(null, Unknown(apiVersion, kind));
    }

    public Task<ClusterReply> GetAsync(ObjectKey key, CancellationToken ct) => OnAsync(HttpMethod.Get, key, "", null, null, default, ct);

    public async Task<ClusterReply> ListAsync(string apiVersion, string kind, string? ns, CancellationToken ct) =>
        await FindKindAsync(apiVersion, kind, ct) is var answer && answer.Info is { } info
            ? await SendAsync(HttpMethod.Get, Collection(apiVersion, info, ns), null, null, default, ct)
            : answer.Reply;

    public async Task<ClusterReply> CreateAsync(ObjectKey key, JsonObject body, CancellationToken ct) =>
        await FindKindAsync(key.ApiVersion, key.Kind, ct) is var answer && answer.Info is { } info
            ? await SendAsync(HttpMethod.Post, Collection(key.ApiVersion, info, key.Namespace), body, "application/json", default, ct)
            : answer.Reply;

    public Task<ClusterReply> ReplaceAsync(ObjectKey key, JsonObject body, CancellationToken ct) =>
        OnAsync(HttpMethod.Put, key, "", body, "application/json", default, ct);

    public Task<ClusterReply> ApplyAsync(ObjectKey key, JsonObject body, WriteOptions options, CancellationToken ct) =>
        OnAsync(HttpMethod.Patch, key, "?force=true&" + Query(options), body, ApplyPatch, options, ct);

    public Task<ClusterReply> PatchAsync(ObjectKey key, JsonNode patch, bool strategic, WriteOptions options, CancellationToken ct) =>
        OnAsync(HttpMethod.Patch, key, "?" + Query(options), patch, strategic ? StrategicPatch : MergePatch, options, ct);

    public Task<ClusterReply> PatchStatusAsync(ObjectKey key, JsonObject patch, CancellationToken ct) =>
        OnAsync(HttpMethod.Patch, key, "/status", patch, MergePatch, default, ct);

    public Task<ClusterReply> DeleteAsync(ObjectKey key, string? uid, WriteOptions options, CancellationToken ct)
    {
        var body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["propagationPolicy"] = "Foreground" };
        if (uid is not null) body["preconditions"] = new JsonObject { ["uid"] = uid };
        return OnAsync(HttpMethod.Delete, key, "", body, "application/json", options, ct);
    }

    public async Task<string> VersionAsync(CancellationToken ct)
    {
        var reply = await SendAsync(HttpMethod.Get, "version", null, null, default, ct);
        return reply.Body?["gitVersion"]?.GetValue<string>() ?? "";
    }

    public void Dispose() => http.Dispose();

    /// <summary>Trusts the cluster's own authority and nothing else; without loading the system's 140 roots, which would take 13 MB.</summary>
    private static SocketsHttpHandler Handler(KubernetesClientConfiguration config)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10), MaxConnectionsPerServer = 8 };
        if (config.SslCaCerts is { Count: > 0 } authorities)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

#pragma warning disable CA5359 // The kubeconfig's insecure-skip-tls-verify, for clusters made for a test.
        if (config.SkipTlsVerify) handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        if (ClientCertificate(config) is { } certificate) handler.SslOptions.ClientCertificates = [certificate];
        if (config.TlsServerName is { Length: > 0 } name) handler.SslOptions.TargetHost = name;
        return handler;
    }

    private static X509Certificate2? ClientCertificate(KubernetesClientConfiguration config)
    {
        static string? Pem(string? data, string? path) =>
            data is { Length: > 0 } ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : path is { Length: > 0 } ? File.ReadAllText(path) : null;
        var certificate = Pem(config.ClientCertificateData, config.ClientCertificateFilePath);
        var key = Pem(config.ClientCertificateKeyData, config.ClientKeyFilePath);
        return certificate is null || key is null ? null : X509Certificate2.CreateFromPem(certificate, key);
    }

    private static string Query(WriteOptions options) => $"fieldManager={options.Manager}" + (options.DryRun ? "&dryRun=All" : "");

    private static string Root(string apiVersion) => (apiVersion.Contains('/') ? "apis/" : "api/") + apiVersion;

    private static string Collection(string apiVersion, KindInfo info, string? ns) =>
        info.Namespaced && ns is not null ? $"{Root(apiVersion)}/namespaces/{ns}/{info.Plural}" : $"{Root(apiVersion)}/{info.Plural}";

    private static ClusterReply Unknown(string apiVersion, string kind) =>
        new(404, new JsonObject { ["message"] = $"no matches for kind \"{kind}\" in version \"{apiVersion}\"" });

    private async Task<ClusterReply> OnAsync(
        HttpMethod method, ObjectKey key, string suffix, JsonNode? body, string? type, WriteOptions options, CancellationToken ct) =>
        await FindKindAsync(key.ApiVersion, key.Kind, ct) is var answer && answer.Info is { } info
            ? await SendAsync(method, $"{Collection(key.ApiVersion, info, key.Namespace)}/{Uri.EscapeDataString(key.Name)}{suffix}", body, type, options, ct)
            : answer.Reply;

    private async Task<ClusterReply> SendAsync(
        HttpMethod method, string path, JsonNode? body, string? type, WriteOptions options, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(http.BaseAddress!, path));
        request.Headers.Accept.ParseAdd("application/json");
        if (options.ServiceAccount is { } account)
            request.Headers.Add("Impersonate-User", $"system:serviceaccount:{options.AccountNamespace}:{account}");
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse(type!));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            if (credentials is not null) await credentials.ProcessHttpRequestAsync(request, limit.Token);
            using var response = await http.SendAsync(request, limit.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
            return new((int)response.StatusCode, await ReadAsync(stream, limit.Token));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new(0, new JsonObject { ["message"] = $"The API server was not reached: {e.GetBaseException().Message}" });
        }
    }

    private static async Task<JsonObject?> ReadAsync(Stream stream, CancellationToken ct)
    {
        try
        {
            return await JsonNode.ParseAsync(stream, cancellationToken: ct) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
