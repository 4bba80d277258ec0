using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile;
using Fabric.Protocol.Intents;

namespace Fabric.Tests.Agent;

/// <summary>What a controller of the cluster writes while the agent looks.</summary>
public sealed class WrittenMeanwhile
{
    private static readonly ObjectKey Key = new("v1", "ConfigMap", "env", "settings");

    [Fact]
    public async Task Is_no_drift_and_nothing_is_written_for_it()
    {
        var cluster = new BusyCluster(writes: 2);
        var ensured = await EnsureAsync(cluster);
        Assert.Equal((Outcome.Present, null), (ensured.Outcome, ensured.Repaired));
        Assert.Equal((3, 0), (cluster.Looks, cluster.Applied));
    }

    [Fact]
    public async Task Does_not_keep_the_agent_from_coming_to_an_end()
    {
        var cluster = new BusyCluster(writes: int.MaxValue);
        Assert.Equal(Outcome.Present, (await EnsureAsync(cluster)).Outcome);
        Assert.Equal(4, cluster.Looks);
    }

    private static async Task<Ensured> EnsureAsync(BusyCluster cluster)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var payload = new IntentPayload
        {
            AgentId = Guid.Empty, Cell = "test", Incarnation = 1, Tenant = "sample", EnvironmentId = Guid.Empty, EnvironmentName = "env", EntityId = Guid.Empty,
            Node = "web", Namespace = "env", Generation = 1, Kind = IntentKind.Apply, ContentHash = "", IssuedAt = DateTimeOffset.UnixEpoch,
        };
        return await new Applier(cluster, key).EnsureAsync(payload, new DesiredObject(Key, 0, false, BusyCluster.Object(0)), TestContext.Current.CancellationToken);
    }

    /// <summary>Writes an annotation between the agent's read and the answer to its dry run, as often as it is told to.</summary>
    private sealed class BusyCluster(int writes) : ICluster
    {
        private int version = 1;

        public int Looks { get; private set; }

        public int Applied { get; private set; }

        public static JsonObject Object(int version)
        {
            var metadata = new JsonObject { ["name"] = Key.Name, ["namespace"] = Key.Namespace };
            if (version > 0)
            {
                metadata["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
                metadata["annotations"] = new JsonObject { ["revision"] = metadata["resourceVersion"]!.DeepClone() };
            }

            return new JsonObject { ["apiVersion"] = "v1", ["kind"] = Key.Kind, ["metadata"] = metadata };
        }

        public Task<KindAnswer> FindKindAsync(string apiVersion, string kind, CancellationToken ct) => Task.FromResult(new KindAnswer(new KindInfo("configmaps", true), new ClusterReply(200, null)));

        public Task<ClusterReply> GetAsync(ObjectKey key, CancellationToken ct) => Task.FromResult(new ClusterReply(200, Object(version)));

        public Task<ClusterReply> ApplyAsync(ObjectKey key, JsonObject body, WriteOptions options, CancellationToken ct)
        {
            if (options.DryRun)
                version += Looks++ < writes ? 1 : 0;
            else
                Applied++;
            return Task.FromResult(new ClusterReply(200, Object(version)));
        }

        public Task<ClusterReply> ListAsync(string apiVersion, string kind, string? ns, CancellationToken ct) => throw new NotSupportedException();

        public Task<ClusterReply> CreateAsync(ObjectKey key, JsonObject body, CancellationToken ct) => throw new NotSupportedException();

        public Task<ClusterReply> ReplaceAsync(ObjectKey key, JsonObject body, CancellationToken ct) => throw new NotSupportedException();

        public Task<ClusterReply> PatchAsync(ObjectKey key, JsonNode patch, bool strategic, WriteOptions options, CancellationToken ct) => throw new NotSupportedException();

        public Task<ClusterReply> PatchStatusAsync(ObjectKey key, JsonObject patch, CancellationToken ct) => throw new NotSupportedException();

        public Task<ClusterReply> DeleteAsync(ObjectKey key, string? uid, WriteOptions options, CancellationToken ct) => throw new NotSupportedException();

        public Task<string> VersionAsync(CancellationToken ct) => throw new NotSupportedException();
    }
}
