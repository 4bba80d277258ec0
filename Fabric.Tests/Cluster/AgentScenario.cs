using System.Globalization;
using System.Text.Json;
using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Manifest;
using Fabric.Protocol.Reports;

namespace Fabric.Tests.Cluster;

/// <summary>
/// One agent process of its own namespace on the shared cluster, installed by the very manifest a customer applies and running with the rights of
/// its service account, in front of a stub control plane.
/// </summary>
public sealed class AgentScenario : IAsyncDisposable
{
    private static int count;
    private readonly ApiServerFixture cluster;
    private readonly string id = Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);
    private string kubeconfig = "";

    private AgentScenario(ApiServerFixture cluster) => this.cluster = cluster;

    public StubControlPlane Server { get; } = new();
    public ChildProcess Agent { get; private set; } = null!;
    public string AgentNamespace => "fabric-agent-" + id;
    public string Namespace => "env-" + id;

    public static async Task<AgentScenario> StartAsync(ApiServerFixture cluster, CancellationToken ct, AgentScope scope = AgentScope.Cluster)
    {
        await cluster.NeedAsync(ct);
        var scenario = new AgentScenario(cluster);
        await scenario.Server.StartAsync();
        await cluster.KubectlAsync($"create namespace {scenario.Namespace}", ct);
        var manifest = AgentManifest.Render(new()
        {
            ServerUrl = scenario.Server.Url,
            Token = scenario.Server.Token,
            Namespace = scenario.AgentNamespace,
            Scope = scope,
            EnvironmentNamespaces = scope == AgentScope.Namespaced ? [scenario.Namespace] : [],
            Image = "registry.example/fabric-agent:test",
        });
        await Eventually.BecomesAsync("the manifest is applied", async () =>
        {
            await cluster.KubectlAsync("apply -f -", ct, manifest);
            return await cluster.Kube.StatusAsync($"/apis/fabric.io/v1alpha1/namespaces/{scenario.AgentNamespace}/intents", ct);
        }, status => status == 200, ct);
        scenario.kubeconfig = await cluster.KubeconfigOfAsync(scenario.AgentNamespace, "fabric-agent", ct);
        scenario.StartAgent(scope);
        await Eventually.BecomesAsync("the agent is in sync", () => Task.FromResult(scenario.Server.Syncs),
            n => n > 0 || scenario.Agent.HasExited, ct, 180, () => scenario.Agent.Output);
        Assert.False(scenario.Agent.HasExited, scenario.Agent.Output);
        return scenario;
    }

    /// <summary>Starts the process, as a pod would; the token is given every time, as the pod has it.</summary>
    public void StartAgent(AgentScope scope = AgentScope.Cluster, string? token = null) =>
        Agent = AgentProgram.Start(new Dictionary<string, string>
        {
            ["FABRIC_URL"] = Server.Url.ToString(),
            ["FABRIC_TOKEN"] = token ?? Server.Token,
            ["FABRIC_KUBECONFIG"] = kubeconfig,
            ["FABRIC_NAMESPACE"] = AgentNamespace,
            ["FABRIC_SCOPE"] = scope == AgentScope.Cluster ? "cluster" : "namespaced",
            ["FABRIC_RESYNC"] = "1",
            ["FABRIC_HOLD"] = "5",
            ["FABRIC_LEASE"] = "9",
        });

    public IntentPayload Intent(Guid entity, long generation, IntentKind kind, params string[] objects) => new()
    {
        AgentId = Server.AgentId,
        Cell = "test",
        Incarnation = 1,
        Tenant = "sample",
        EnvironmentId = Guid.CreateVersion7(),
        EnvironmentName = "one",
        EntityId = entity,
        Node = "pinot",
        Namespace = Namespace,
        Generation = generation,
        Kind = kind,
        Objects = [.. objects.Select(o => JsonDocument.Parse(o).RootElement)],
        IssuedAt = DateTimeOffset.UtcNow,
        ContentHash = "",
    };

    /// <summary>Sends objects to be applied.</summary>
    public IntentPayload Apply(Guid entity, long generation, params string[] objects) =>
        Server.Send(Intent(entity, generation, IntentKind.Apply, objects));

    /// <summary>Waits for the newest report about an entity.</summary>
    public async Task<Report> ReportedAsync(Guid entity, long generation, ReportStatus status, CancellationToken ct, int seconds = 180)
    {
        var report = await Eventually.BecomesAsync($"entity {entity}, generation {generation}, is {status}", () => Task.FromResult(Server.Latest(entity)),
            r => r is not null && r.Generation == generation && r.Status == status, ct, seconds, () => Agent.Output);
        return report!;
    }

    /// <summary>Waits for any report about an entity that fits.</summary>
    public async Task<Report> ReportedAsync(string what, Func<Report, bool> fits, CancellationToken ct, int seconds = 180)
    {
        var report = await Eventually.BecomesAsync(what, () => Task.FromResult(Server.Reports.FirstOrDefault(fits)), r => r is not null, ct, seconds,
            () => string.Join('\n', Server.Reports.TakeLast(5)) + "\n" + Agent.Output);
        return report!;
    }

    /// <summary>A jsonpath of an object in the environment's namespace, or the empty text.</summary>
    public Task<string> FieldAsync(string resource, string jsonPath, CancellationToken ct) =>
        cluster.KubectlAsync($"get {resource} -n {Namespace} --ignore-not-found -o jsonpath={jsonPath}", ct);

    public async ValueTask DisposeAsync()
    {
        if (Agent is not null) await Agent.DisposeAsync();
        await Server.DisposeAsync();
    }
}
