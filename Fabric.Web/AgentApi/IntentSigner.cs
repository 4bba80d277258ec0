using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Protocol;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Sync;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.AgentApi;

/// <summary>Makes of a stored intent what an agent gets: addressed, its secrets sealed to that agent, signed by the cell.</summary>
internal sealed class IntentSigner(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim making = new(1);
    private readonly ConcurrentDictionary<(Guid Entity, long Generation), string> hashes = new();

    /// <summary>Hash of an intent's content, for the digest.</summary>
    public string HashOf(Cell cell, Intent intent, string environmentName) =>
        hashes.GetOrAdd((intent.EntityId, intent.Generation), _ => IntentContent.Hash(Payload(cell, intent, environmentName, [])));

    /// <summary>The signed intent.</summary>
    public async Task<SignedIntent> SignAsync(Cell cell, AgentRecord agent, Intent intent, string environmentName, CancellationToken ct)
    {
        var sealedSecrets = new List<SealedSecret>();
        var key = JsonSerializer.Deserialize(agent.SealingKey, JwkJson.Default.Jwk)!;
        foreach (var name in Bindings.Secrets(JsonNode.Parse(intent.Payload)!["objects"]))
            sealedSecrets.Add(new SealedSecret(name, Sealing.Seal(Encoding.UTF8.GetBytes(await SecretAsync(cell, agent, intent, name, ct)), key)));
        var payload = IntentContent.WithHash(Payload(cell, intent, environmentName, sealedSecrets));
        return cell.Keys.Signing.Use(pair => SignedMessage.Sign(payload, pair));
    }

    /// <summary>The signed cancel of an intent.</summary>
    public string SignCancel(Cell cell, Intent intent) => cell.Keys.Signing.Use(pair => SignedMessage.Sign(
        new CancelPayload
        {
            AgentId = intent.AgentId,
            Cell = cell.Slug,
            Incarnation = cell.Incarnation,
            EntityId = intent.EntityId,
            Generation = intent.Generation,
            IssuedAt = time.GetUtcNow(),
        },
        pair));

    public void Dispose() => making.Dispose();

    private IntentPayload Payload(Cell cell, Intent intent, string environmentName, IReadOnlyList<SealedSecret> secrets)
    {
        using var body = JsonDocument.Parse(intent.Payload);
        var root = body.RootElement;
        return new IntentPayload
        {
            AgentId = intent.AgentId,
            Cell = cell.Slug,
            Incarnation = cell.Incarnation,
            Tenant = intent.Tenant,
            EnvironmentId = intent.EnvironmentId,
            EnvironmentName = environmentName,
            EntityId = intent.EntityId,
            Node = intent.Node,
            Namespace = root.GetProperty("namespace").GetString()!,
            Generation = intent.Generation,
            Kind = Enum.Parse<IntentKind>(intent.Kind, ignoreCase: true),
            Objects = [.. root.GetProperty("objects").EnumerateArray().Select(o => o.Clone())],
            Operation = OperationOf(root),
            Health = root.TryGetProperty("health", out var health) && health.ValueKind is JsonValueKind.Array ? [.. health.EnumerateArray().Select(rule => rule.Deserialize(ProtocolJson.Default.HealthRule)!)] : [],
            Secrets = secrets,
            IssuedAt = time.GetUtcNow(),
            ContentHash = "",
        };
    }

    /// <summary>Null also for what an earlier version wrote in words of its own: that has run, and what stands is kept as it is.</summary>
    private static OperationSpec? OperationOf(JsonElement root) =>
        root.TryGetProperty("operation", out var operation) && operation.TryGetProperty("steps", out var steps) && steps.EnumerateArray().All(step => step.TryGetProperty("type", out _))
            ? operation.Deserialize(ProtocolJson.Default.OperationSpec)
            : null;

    /// <summary>A secret that nobody set is made: most are shared only among the parts of one environment.</summary>
    private async Task<string> SecretAsync(Cell cell, AgentRecord agent, Intent intent, string name, CancellationToken ct)
    {
        var store = new SecretStore(cell, time);
        var actor = new Actor(agent.Id.ToString(), agent.Name, ActorKind.Agent, agent.Tenant, Role.Viewer);
        if (await store.GetAsync(actor, intent.Tenant, intent.EnvironmentId, name, $"sealed for {intent.Node}", ct) is { } known)
            return known;
        return await MakeAsync(store, actor, intent, name, ct);
    }

    private async Task<string> MakeAsync(SecretStore store, Actor actor, Intent intent, string name, CancellationToken ct)
    {
        await making.WaitAsync(ct);
        try
        {
            if (await store.GetAsync(actor, intent.Tenant, intent.EnvironmentId, name, $"sealed for {intent.Node}", ct) is { } faster)
                return faster;
            var made = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            await store.PutAsync(Actor.System, intent.Tenant, intent.EnvironmentId, name, made, ct);
            return made;
        }
        finally
        {
            making.Release();
        }
    }
}
