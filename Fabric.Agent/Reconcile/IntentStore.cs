using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Agent.Connection;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile.Health;
using Fabric.Protocol.Intents;

namespace Fabric.Agent.Reconcile;

/// <summary>The <c>Intent</c> objects in the agent's own namespace.</summary>
internal sealed class IntentStore(ICluster cluster, string ns)
{
    private static readonly WriteOptions Write = new(IntentAnnotations.FieldManager);

    /// <exception cref="InvalidOperationException">They cannot be listed.</exception>
    public async Task<IReadOnlyList<IntentObject>> ListAsync(CancellationToken ct)
    {
        var reply = await cluster.ListAsync(IntentObject.ApiVersion, IntentObject.Kind, ns, ct);
        if (reply is not { Ok: true, Body: { } body }) throw new InvalidOperationException($"Intents cannot be listed: {reply.Message}");
        return [.. (body["items"]?.AsArray() ?? []).OfType<JsonObject>().Select(i => new IntentObject(Kube.Text(i["metadata"]?["name"]), i))];
    }

    /// <exception cref="InvalidOperationException">It cannot be written: the cursor must not move on.</exception>
    public async Task PutAsync(IntentPayload payload, string jws, string? cancel, CancellationToken ct)
    {
        var body = IntentObject.Write(ns, payload, jws, cancel);
        var reply = await cluster.ApplyAsync(IntentObject.Key(ns, IntentObject.NameFor(payload)), body, Write, ct);
        if (!reply.Ok) throw new InvalidOperationException($"Intent {IntentObject.NameFor(payload)} cannot be written: {reply.Message}");
    }

    public Task<ClusterReply> PutCancelAsync(string name, string cancel, CancellationToken ct) => cluster.PatchAsync(
        IntentObject.Key(ns, name), new JsonObject { ["spec"] = new JsonObject { ["cancel"] = cancel } }, false, Write, ct);

    public Task<ClusterReply> PutProgressAsync(string name, IntentProgress progress, CancellationToken ct)
    {
        var status = JsonSerializer.SerializeToNode(progress, AgentJson.Default.IntentProgress)!.AsObject();

        // A merge patch keeps what is not named, so what ended is named.
        if (progress.StepStartedAt is null) status["stepStartedAt"] = null;
        return cluster.PatchStatusAsync(IntentObject.Key(ns, name), new JsonObject { ["status"] = status }, ct);
    }

    public Task<ClusterReply> DeleteAsync(IntentObject intent, CancellationToken ct) =>
        cluster.DeleteAsync(IntentObject.Key(ns, intent.Name), intent.Uid, Write, ct);
}
