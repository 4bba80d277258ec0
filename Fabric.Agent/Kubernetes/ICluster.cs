using System.Text.Json.Nodes;

namespace Fabric.Agent.Kubernetes;

/// <summary>Names one object.</summary>
internal sealed record ObjectKey(string ApiVersion, string Kind, string? Namespace, string Name)
{
    public override string ToString() => $"{Kind}/{Name}";
}

/// <summary>How a kind is reached.</summary>
internal sealed record KindInfo(string Plural, bool Namespaced);

/// <summary>What discovery said: how to reach a kind, that there is none, or why it could not say.</summary>
internal readonly record struct KindAnswer(KindInfo? Info, ClusterReply Reply)
{
    /// <summary>The cluster was asked and does not know the kind.</summary>
    public bool Unknown => Info is null && Reply.NotFound;
}

/// <summary>Kubernetes' answer as a value. Status 0: it was not reached.</summary>
internal readonly record struct ClusterReply(int Status, JsonObject? Body)
{
    public bool Ok => Status is >= 200 and < 300;
    public bool NotFound => Status == 404;
    public bool Conflict => Status == 409;

    /// <summary>True when trying again soon may help without anyone changing anything.</summary>
    public bool Transient => Status is 0 or 409 or 429 or >= 500;

    /// <summary>Kubernetes' own sentence.</summary>
    public string Message => Body?["message"] is JsonValue message ? message.ToString() : Status == 0 ? "The API server was not reached." : $"HTTP {Status}";
}

/// <summary>How a write is meant.</summary>
/// <param name="Manager">Field manager.</param>
/// <param name="DryRun">Computes the result and stores nothing.</param>
/// <param name="ServiceAccount">Acts as this account of the object's namespace, or as <paramref name="AccountNamespace"/>'s.</param>
internal readonly record struct WriteOptions(
    string Manager, bool DryRun = false, string? ServiceAccount = null, string? AccountNamespace = null);

/// <summary>The cluster, as the reconciler sees it: objects are JSON, answers are values.</summary>
internal interface ICluster
{
    /// <summary>How to reach a kind.</summary>
    Task<KindAnswer> FindKindAsync(string apiVersion, string kind, CancellationToken ct);

    Task<ClusterReply> GetAsync(ObjectKey key, CancellationToken ct);

    /// <summary>Lists a kind; the body has <c>items</c>.</summary>
    Task<ClusterReply> ListAsync(string apiVersion, string kind, string? ns, CancellationToken ct);

    /// <summary>Fails with 409 when it is there.</summary>
    Task<ClusterReply> CreateAsync(ObjectKey key, JsonObject body, CancellationToken ct);

    /// <summary>Replaces; a resourceVersion in the body must match.</summary>
    Task<ClusterReply> ReplaceAsync(ObjectKey key, JsonObject body, CancellationToken ct);

    /// <summary>Server-side apply with force.</summary>
    Task<ClusterReply> ApplyAsync(ObjectKey key, JsonObject body, WriteOptions options, CancellationToken ct);

    /// <summary>Merge patch, or strategic merge patch.</summary>
    Task<ClusterReply> PatchAsync(ObjectKey key, JsonNode patch, bool strategic, WriteOptions options, CancellationToken ct);

    Task<ClusterReply> PatchStatusAsync(ObjectKey key, JsonObject patch, CancellationToken ct);

    /// <summary>Foreground deletion of exactly the object with <paramref name="uid"/>.</summary>
    Task<ClusterReply> DeleteAsync(ObjectKey key, string? uid, WriteOptions options, CancellationToken ct);

    /// <summary>The cluster's version, such as <c>v1.33.2</c>.</summary>
    Task<string> VersionAsync(CancellationToken ct);
}
