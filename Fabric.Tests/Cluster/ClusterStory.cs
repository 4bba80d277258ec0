using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Fabric.Workflows.Engine;

namespace Fabric.Tests.Cluster;

/// <summary>
/// The real server, the agent as its own process and a real API server, with one small product on it: <c>agent</c>, <c>namespace</c> and
/// <c>web</c> of the tests' own catalog.
/// </summary>
public sealed class ClusterStory : IAsyncDisposable
{
    private const string AgentNamespace = "fabric-agent";
    private readonly ApiServerFixture cluster;
    private readonly CancellationToken ct;
    private readonly Dictionary<string, string> settings = [];
    private string tenant = "sample";

    private ClusterStory(ApiServerFixture cluster, ServerProcess server, CancellationToken ct) => (this.cluster, Server, this.ct) = (cluster, server, ct);

    public ServerProcess Server { get; }
    public ChildProcess Agent { get; private set; } = null!;

    /// <summary>Name of the newest environment.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Id of the newest environment.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Its first run.</summary>
    public string Run { get; private set; } = "";

    public string Namespace => StepInputs.NamespaceOf(tenant, Name);

    /// <summary>The namespace of an environment of the tenant <c>sample</c>.</summary>
    public static string Of(string environment) => StepInputs.NamespaceOf("sample", environment);

    /// <summary>A server, and a cluster where no agent has been before.</summary>
    public static async Task<ClusterStory> StartAsync(ApiServerFixture cluster, CancellationToken ct)
    {
        await cluster.NeedAsync(ct);
        await cluster.KubectlAsync($"delete namespace {AgentNamespace} --ignore-not-found", ct);
        var server = await ServerProcess.StartAsync(null, ("Fabric:Catalog:0", Path.Combine(AppContext.BaseDirectory, "Cluster", "catalog")));
        var story = new ClusterStory(cluster, server, ct);
        using var put = await server.Http.PutAsync("/api/v1/blueprints/small/draft", new StringContent(Blueprint, Encoding.UTF8, "application/yaml"), ct);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(ct));
        await server.SendAsync(HttpMethod.Post, "/api/v1/blueprints/small/publish", new JsonObject { ["message"] = "Small." });
        return story;
    }

    /// <summary>A story whose environment is ready.</summary>
    public static async Task<ClusterStory> ReadyAsync(ApiServerFixture cluster, string name, CancellationToken ct)
    {
        var story = await StartAsync(cluster, ct);
        await story.CreateAsync(name);
        await story.ConnectAsync();
        await story.EndsAsync(story.Run);
        return story;
    }

    /// <summary>Creates an environment; its run waits for an agent.</summary>
    public async Task CreateAsync(string name, JsonObject? parameters = null, string owner = "sample")
    {
        tenant = owner;
        var created = await Server.SendAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject
        {
            ["tenant"] = tenant,
            ["name"] = name,
            ["blueprint"] = "small",
            ["cloud"] = "kubernetes",
            ["region"] = "here",
            ["parameters"] = parameters ?? [],
            ["autoApprove"] = true,
        });
        (Name, Id, Run) = (name, created["id"]!.ToString(), created["run"]!.ToString());
    }

    /// <summary>Applies the manifest the server gives and starts the agent with its token, as the pod would.</summary>
    public async Task ConnectAsync()
    {
        var enrollment = await Server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{Id}/enrollments");
        var manifest = enrollment["manifest"]!.ToString();
        await Eventually.BecomesAsync("the manifest is applied", async () =>
        {
            await cluster.KubectlAsync("apply -f -", ct, manifest);
            return await cluster.Kube.StatusAsync($"/apis/fabric.io/v1alpha1/namespaces/{AgentNamespace}/intents", ct);
        }, status => status == 200, ct);
        settings["FABRIC_URL"] = Server.Address;
        settings["FABRIC_TOKEN"] = enrollment["token"]!.ToString();
        settings["FABRIC_KUBECONFIG"] = await cluster.KubeconfigOfAsync(AgentNamespace, "fabric-agent", ct);
        (settings["FABRIC_NAMESPACE"], settings["FABRIC_SCOPE"]) = (AgentNamespace, "cluster");
        (settings["FABRIC_RESYNC"], settings["FABRIC_LEASE"]) = ("1", "9");
        if (Agent is not null) await Agent.DisposeAsync();
        StartAgent();
    }

    /// <summary>Starts the agent's process anew, with what it had.</summary>
    public void StartAgent() => Agent = AgentProgram.Start(settings);

    /// <summary>Changes parameters.</summary>
    /// <returns>The run.</returns>
    public async Task<string> ChangeAsync(JsonObject parameters) =>
        (await Server.SendAsync(HttpMethod.Patch, $"/api/v1/environments/{Id}/parameters", parameters))["run"]!.ToString();

    /// <summary>Runs an operation of <c>web</c>.</summary>
    /// <returns>The run.</returns>
    public async Task<string> OperateAsync(string operation) =>
        (await Server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{Id}/operations/{operation}", new JsonObject { ["node"] = "web" }))["run"]!.ToString();

    /// <summary>Waits for a run's end, and for this end.</summary>
    public async Task<JsonNode> EndsAsync(string run, string state = "Succeeded")
    {
        var ended = await Server.UntilAsync($"/api/v1/runs/{run}", answer => StateOf(answer) is "Succeeded" or "Failed" or "Cancelled",
            $"the run to end; agent: {Agent?.Output}");
        Assert.True(StateOf(ended) == state, $"{ended.ToJsonString()}\n{Agent?.Output}");
        return ended;
    }

    /// <summary>Waits until the step of <c>web</c> is as wanted.</summary>
    public Task<JsonNode> StepAsync(string run, Func<JsonNode, bool> wanted, string expected) => Server.UntilAsync(
        $"/api/v1/runs/{run}", answer => wanted(WebOf(answer)), $"{expected}; agent: {Agent?.Output}");

    /// <summary>Waits until the entity <c>web</c> is as wanted.</summary>
    public Task<JsonNode> EntityAsync(Func<JsonNode, bool> wanted, string expected) => Server.UntilAsync(
        $"/api/v1/environments/{Id}", answer => wanted(answer["entities"]!.AsArray().Single(e => (string?)e!["node"] == "web")!), $"{expected}; agent: {Agent?.Output}");

    /// <summary>Deletes the environment and waits until it is gone.</summary>
    public async Task DestroyAsync()
    {
        await Server.SendAsync(HttpMethod.Delete, $"/api/v1/environments/{Id}");
        await Server.UntilAsync($"/api/v1/environments/{Id}", answer => (string?)answer["state"] == "Destroyed", $"Destroyed; agent: {Agent.Output}", 120);
    }

    /// <summary>A jsonpath of an object in the environment's namespace, or the empty text.</summary>
    public Task<string> FieldAsync(string resource, string jsonPath) =>
        cluster.KubectlAsync($"get {resource} -n {Namespace} --ignore-not-found -o jsonpath={jsonPath}", ct);

    /// <summary>Waits for a field of an object.</summary>
    public Task<string> FieldBecomesAsync(string resource, string jsonPath, string wanted) => Eventually.BecomesAsync(
        $"{resource} {jsonPath} is {wanted}", () => FieldAsync(resource, jsonPath), value => value == wanted, ct, 180, () => Agent.Output);

    /// <summary>Runs kubectl in the environment's namespace.</summary>
    public Task<string> KubectlAsync(string arguments) => cluster.KubectlAsync($"{arguments} -n {Namespace}", ct);

    /// <summary>Names of the intents that stand in the cluster.</summary>
    public Task<string> IntentsAsync() => cluster.KubectlAsync($"get intents -n {AgentNamespace} -o name", ct);

    /// <summary>Waits until an intent's own status says so; it needs no server.</summary>
    public Task<string> ProgressedAsync(string intent, string health) => Eventually.BecomesAsync(
        $"{intent} is {health}", () => cluster.KubectlAsync($"get {intent} -n {AgentNamespace} -o jsonpath={{.status.health}}", ct), value => value == health, ct, 180, () => Agent.Output);

    /// <summary>Waits until the agent has gone round once more: an object of the entity <c>namespace</c>, deleted now, is back.</summary>
    public async Task LookedAsync()
    {
        await KubectlAsync("delete limitrange/defaults");
        await FieldBecomesAsync("limitrange/defaults", "{.metadata.name}", "defaults");
    }

    public async ValueTask DisposeAsync()
    {
        if (Agent is not null) await Agent.DisposeAsync();
        await Server.DisposeAsync();
    }

    public static string? StateOf(JsonNode run) => (string?)run["state"];

    /// <summary>The step of <c>web</c> in a run.</summary>
    public static JsonNode WebOf(JsonNode run) => run["steps"]!.AsArray().SingleOrDefault(step => (string?)step!["node"] == "web") ?? new JsonObject();

    private const string Blueprint = """
        apiVersion: fabric/v1
        kind: Blueprint
        metadata: { name: small, title: Small }
        spec:
          parameters:
            type: object
            properties:
              replicas: { type: integer, title: Replicas, default: 1 }
              setting: { type: string, title: Setting, default: first }
              port: { type: integer, title: Port, default: 80 }
              ready: { type: string, title: Ready, default: "" }
          nodes:
            agent: { entity: agent@1, config: { cluster: test } }
            namespace: { entity: namespace@1, after: [agent] }
            web: { entity: web@1, after: [namespace], config: { replicas: "${param.replicas}", setting: "${param.setting}", port: "${param.port}", ready: "${param.ready}" } }

        """;
}
