using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Tests.Cluster;

/// <summary>
/// Plays the kubelet and the storage: no container runs. Scheduled pods become Running and Ready (those of Jobs succeed), deleted pods go, claims
/// get volumes, load balancers an address. It writes status itself, because hollow nodes never pass HTTP probes.
/// </summary>
public sealed class KubeletStandIn(KubeHttp kube)
{
    private readonly ConcurrentDictionary<string, bool> held = new();
    private readonly ConcurrentDictionary<string, string> written = new();
    private int address;

    /// <summary>Pods of a namespace whose name starts so stay unready until <see cref="Release"/>.</summary>
    public void Hold(string ns, string prefix) => held[ns + "/" + prefix] = true;

    public void Release(string ns, string prefix) => held.TryRemove(ns + "/" + prefix, out _);

    /// <summary>Makes the node that all pods land on.</summary>
    public async Task JoinAsync(CancellationToken ct)
    {
        var node = JsonNode.Parse("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"stand-in","labels":{"kubernetes.io/os":"linux"}}}""")!;
        await kube.SendAsync(HttpMethod.Post, "/api/v1/nodes", node, ct);
        await kube.MergeAsync("/api/v1/nodes/stand-in/status", JsonNode.Parse("""
            {"status":{"capacity":{"cpu":"64","memory":"512Gi","pods":"500"},"allocatable":{"cpu":"64","memory":"512Gi","pods":"500"},
             "conditions":[{"type":"Ready","status":"True","reason":"StandIn","message":"played by a test"}]}}
            """)!, ct);
        await kube.MergeAsync("/api/v1/nodes/stand-in", JsonNode.Parse("""{"spec":{"taints":null}}""")!, ct);
        await kube.SendAsync(HttpMethod.Post, "/apis/storage.k8s.io/v1/storageclasses", JsonNode.Parse("""
            {"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","provisioner":"fabric.test/none",
             "metadata":{"name":"standard","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}}}
            """)!, ct);
    }

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                foreach (var pod in await kube.ListAsync("/api/v1/pods", ct)) await PodAsync(pod, ct);
                foreach (var claim in await kube.ListAsync("/api/v1/persistentvolumeclaims", ct)) await ClaimAsync(claim, ct);
                foreach (var service in await kube.ListAsync("/api/v1/services", ct)) await ServiceAsync(service, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                // The API server is starting or ending, or too busy to say more than that.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ct);
        }
    }

    private async Task PodAsync(JsonObject pod, CancellationToken ct)
    {
        var (ns, name) = Name(pod);
        var path = $"/api/v1/namespaces/{ns}/pods/{name}";
        if (pod["metadata"]!["deletionTimestamp"] is not null)
        {
            await kube.SendAsync(HttpMethod.Delete, path, JsonNode.Parse("""{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":0}"""), ct);
            return;
        }

        if (pod["spec"]!["nodeName"] is null) return;
        var job = pod["metadata"]!["ownerReferences"]?.AsArray().Any(o => (string?)o!["kind"] == "Job") == true;
        var ready = !held.Keys.Any(h => $"{ns}/{name}".StartsWith(h, StringComparison.Ordinal));
        var state = job ? "done" : ready ? "ready" : "held";
        var uid = (string)pod["metadata"]!["uid"]!;
        if (written.TryGetValue(uid, out var known) && known == state) return;
        var (status, _) = await kube.MergeAsync(path + "/status", new JsonObject { ["status"] = Status(pod, job, ready) }, ct);
        if (status == 200) written[uid] = state;
    }

    private JsonObject Status(JsonObject pod, bool job, bool ready)
    {
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        JsonObject Condition(string type, bool yes) => new() { ["type"] = type, ["status"] = yes ? "True" : "False", ["lastTransitionTime"] = now };
        var containers = pod["spec"]!["containers"]!.AsArray().Select(c => (JsonNode)new JsonObject
        {
            ["name"] = (string)c!["name"]!,
            ["image"] = (string?)c["image"],
            ["imageID"] = "stand-in",
            ["restartCount"] = 0,
            ["ready"] = ready && !job,
            ["started"] = !job,
            ["state"] = job
                ? new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 0, ["reason"] = "Completed", ["startedAt"] = now, ["finishedAt"] = now } }
                : new JsonObject { ["running"] = new JsonObject { ["startedAt"] = now } },
        });
        var next = Interlocked.Increment(ref address);
        return new JsonObject
        {
            ["phase"] = job ? "Succeeded" : "Running",
            ["startTime"] = now,
            ["hostIP"] = "127.0.0.1",
            ["podIP"] = $"10.1.{next / 250 % 250}.{next % 250 + 1}",
            ["conditions"] = new JsonArray(Condition("PodScheduled", true), Condition("Initialized", true),
                Condition("ContainersReady", ready && !job), Condition("Ready", ready && !job)),
            ["containerStatuses"] = new JsonArray([.. containers]),
        };
    }

    private async Task ClaimAsync(JsonObject claim, CancellationToken ct)
    {
        if ((string?)claim["status"]?["phase"] != "Pending" || claim["spec"]!["volumeName"] is not null) return;
        var (ns, name) = Name(claim);
        await kube.SendAsync(HttpMethod.Post, "/api/v1/persistentvolumes", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "PersistentVolume",
            ["metadata"] = new JsonObject { ["name"] = $"pv-{(string)claim["metadata"]!["uid"]!}" },
            ["spec"] = new JsonObject
            {
                ["capacity"] = claim["spec"]!["resources"]!["requests"]!.DeepClone(),
                ["accessModes"] = claim["spec"]!["accessModes"]!.DeepClone(),
                ["storageClassName"] = (string?)claim["spec"]!["storageClassName"],
                ["persistentVolumeReclaimPolicy"] = "Retain",
                ["hostPath"] = new JsonObject { ["path"] = "/nowhere" },
                ["claimRef"] = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "PersistentVolumeClaim", ["namespace"] = ns, ["name"] = name },
            },
        }, ct);
    }

    private async Task ServiceAsync(JsonObject service, CancellationToken ct)
    {
        if ((string?)service["spec"]!["type"] != "LoadBalancer" || service["status"]?["loadBalancer"]?["ingress"] is not null) return;
        var (ns, name) = Name(service);
        await kube.MergeAsync($"/api/v1/namespaces/{ns}/services/{name}/status",
            JsonNode.Parse("""{"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.10"}]}}}""")!, ct);
    }

    private static (string Namespace, string Name) Name(JsonObject item) =>
        ((string)item["metadata"]!["namespace"]!, (string)item["metadata"]!["name"]!);
}
