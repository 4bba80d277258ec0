using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Agent.Kubernetes;

namespace Fabric.Agent.Connection;

/// <summary>Keys and state in two Secrets of the agent's namespace; the one writer of both.</summary>
internal sealed class AgentStore(ICluster cluster, string ns) : IDisposable
{
    private static readonly WriteOptions Write = new("fabric-agent");
    private readonly ObjectKey keysKey = new("v1", "Secret", ns, "fabric-agent-keys");
    private readonly ObjectKey stateKey = new("v1", "Secret", ns, "fabric-agent-state");
    private readonly SemaphoreSlim gate = new(1);
    private volatile AgentState? state;

    /// <summary>The state in force; null until enrolled.</summary>
    public AgentState? State => state;

    /// <summary>The keys of this cluster's agent, made when there are none.</summary>
    /// <exception cref="InvalidOperationException">The cluster did not give or take them.</exception>
    public async Task<AgentKeys> LoadKeysAsync(CancellationToken ct)
    {
        var live = await cluster.GetAsync(keysKey, ct);
        if (live.NotFound)
        {
            using var made = AgentKeys.Create();
            var reply = await cluster.CreateAsync(keysKey, Secret(keysKey, new JsonObject
            {
                ["signing"] = Convert.ToBase64String(made.Signing.ExportPkcs8PrivateKey()),
                ["sealing"] = Convert.ToBase64String(made.Sealing.ExportPkcs8PrivateKey()),
            }), ct);
            if (reply is { Ok: false, Conflict: false }) throw new InvalidOperationException($"{keysKey} cannot be written: {reply.Message}");
            live = await cluster.GetAsync(keysKey, ct);
        }

        if (!live.Ok || Data(live, "signing") is not { } signing || Data(live, "sealing") is not { } sealing)
            throw new InvalidOperationException($"{keysKey} cannot be read: {live.Message}");
        return AgentKeys.Import(signing, sealing);
    }

    public async Task<AgentState?> LoadStateAsync(CancellationToken ct)
    {
        var live = await cluster.GetAsync(stateKey, ct);
        if (live.NotFound) return state = null;
        if (!live.Ok || Data(live, "state.json") is not { } json) throw new InvalidOperationException($"{stateKey} cannot be read: {live.Message}");
        return state = JsonSerializer.Deserialize(json, AgentJson.Default.AgentState);
    }

    /// <summary>Stores what <paramref name="change"/> makes of the state, before anyone sees it.</summary>
    public async Task UpdateAsync(Func<AgentState?, AgentState> change, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            var next = change(state);
            if (ReferenceEquals(next, state)) return;
            var json = JsonSerializer.SerializeToUtf8Bytes(next, AgentJson.Default.AgentState);
            var body = Secret(stateKey, new JsonObject { ["state.json"] = Convert.ToBase64String(json) });
            var reply = await cluster.PatchAsync(stateKey, body, false, Write, ct);
            if (reply.NotFound) reply = await cluster.CreateAsync(stateKey, body, ct);
            if (!reply.Ok) throw new InvalidOperationException($"{stateKey} cannot be written: {reply.Message}");
            state = next;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private static byte[]? Data(ClusterReply reply, string name) =>
        reply.Body?["data"]?[name]?.GetValue<string>() is { } text ? Convert.FromBase64String(text) : null;

    private static JsonObject Secret(ObjectKey key, JsonObject data) => new()
    {
        ["apiVersion"] = key.ApiVersion,
        ["kind"] = key.Kind,
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
        ["type"] = "Opaque",
        ["data"] = data,
    };
}
