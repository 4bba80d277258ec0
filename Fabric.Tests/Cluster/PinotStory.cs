using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fabric.Tests.Support;

namespace Fabric.Tests.Cluster;

/// <summary>The real server, the agent as its own process and a real API server, with the blueprint <c>pinot-byok</c> as it is shipped.</summary>
public sealed partial class PinotStory : IAsyncDisposable
{
    private const string AgentNamespace = "fabric-agent";
    private readonly ApiServerFixture cluster;
    private readonly CancellationToken ct;
    private readonly HttpClient olivia;

    private PinotStory(ApiServerFixture cluster, ServerProcess server, HttpClient olivia, string name, CancellationToken ct) =>
        (this.cluster, Server, this.olivia, Name, this.ct) = (cluster, server, olivia, name, ct);

    public ServerProcess Server { get; }
    public ChildProcess Agent { get; private set; } = null!;
    public string Name { get; }
    public string Id { get; private set; } = "";
    public string Namespace => ClusterStory.Of(Name);

    /// <summary>Creates the environment, connects the agent with one of the manifests and says yes at the gate.</summary>
    /// <returns>The story, and the run that goes on.</returns>
    public static Task<(PinotStory Story, string Run)> StartAsync(ApiServerFixture cluster, string name, bool namespaced, CancellationToken ct) =>
        StartAsync(cluster, name, namespaced, _ => Task.FromResult(Request(name)), ct);

    /// <summary>The same with another request, made once the server is there, and settings of the server.</summary>
    public static Task<(PinotStory Story, string Run)> StartAsync(
        ApiServerFixture cluster, string name, bool namespaced, Func<ServerProcess, Task<JsonObject>> request, CancellationToken ct, params (string Key, string Value)[] settings) =>
        StartAsync(cluster, name, story => story.EnrolAsync(namespaced), namespaced, request, ct, settings);

    /// <summary>The same with a manifest that comes another way.</summary>
    public static async Task<(PinotStory Story, string Run)> StartAsync(
        ApiServerFixture cluster, string name, Func<PinotStory, Task<string>> manifest, bool namespaced, Func<ServerProcess, Task<JsonObject>> request, CancellationToken ct, params (string Key, string Value)[] settings)
    {
        await cluster.NeedAsync(ct);
        await cluster.KubectlAsync($"delete namespace {AgentNamespace} --ignore-not-found", ct);
        await cluster.KubectlAsync($"delete clusterrolebinding {AgentNamespace}-{AgentNamespace} --ignore-not-found", ct);
        var server = await ServerProcess.StartAsync(null, settings);
        var story = new PinotStory(cluster, server, await SignInAsync(server), name, ct);
        var created = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", await request(server));
        (story.Id, var run) = (created["id"]!.ToString(), created["run"]!.ToString());
        await story.ConnectAsync(await manifest(story), namespaced);
        await story.ApproveAsync(run);
        return (story, run);
    }

    /// <summary>Says the customer's yes at the gate once it asks.</summary>
    public async Task ApproveAsync(string run)
    {
        var asked = await Server.UntilAsync($"/api/v1/runs/{run}", answer => StateOf(answer, "approve") is "AwaitingApproval" or "Succeeded" || (string?)answer["state"] == "Failed", $"the gate to ask; agent: {Agent.Output}", 600);
        Assert.True((string?)asked["state"] != "Failed", asked.ToJsonString());
        if (StateOf(asked, "approve") == "Succeeded") return;
        using var approved = await olivia.PostAsync($"/api/v1/runs/{run}/steps/approve/approve", new StringContent("{}", null, "application/json"), ct);
        Assert.True(approved.IsSuccessStatusCode, await approved.Content.ReadAsStringAsync(ct));
    }

    /// <summary>Waits until a run has succeeded.</summary>
    public async Task EndsAsync(string run)
    {
        var ended = await Server.UntilAsync($"/api/v1/runs/{run}", answer => (string?)answer["state"] is "Succeeded" or "Failed", $"the run to end; agent: {Agent.Output}", 600);
        Assert.True((string?)ended["state"] == "Succeeded", ended.ToJsonString());
    }

    /// <summary>Deletes the environment and waits until it is gone.</summary>
    /// <returns>The run that did it.</returns>
    public async Task<string> DestroyAsync()
    {
        var destroy = (await Server.SendAsync(HttpMethod.Delete, $"/api/v1/environments/{Id}"))["run"]!.ToString();
        await Server.UntilAsync($"/api/v1/runs/{destroy}", answer => (string?)answer["state"] is not ("Pending" or "Planning"), "the destroy to be planned", 240);
        var plan = await Server.GetAsync($"/api/v1/runs/{destroy}/plan");
        using var yes = await olivia.PostAsync($"/api/v1/runs/{destroy}/approve", new StringContent($$"""{"planHash":"{{plan["planHash"]}}"}""", null, "application/json"), ct);
        await Server.UntilAsync($"/api/v1/environments/{Id}", answer => (string?)answer["state"] == "Destroyed", $"Destroyed; agent: {Agent.Output}", 600);
        return destroy;
    }

    /// <summary>Runs kubectl in the environment's namespace.</summary>
    public Task<string> KubectlAsync(string arguments) => cluster.KubectlAsync($"{arguments} -n {Namespace}", ct);

    /// <summary>Waits until Pinot's own intent says so.</summary>
    public Task<string> PinotSaysAsync(string words) => Eventually.BecomesAsync(
        $"pinot says {words}", () => cluster.KubectlAsync($"get intents -n {AgentNamespace} -l fabric.io/node=pinot -o jsonpath={{.items[*].status.message}}", ct),
        message => message.Contains(words, StringComparison.Ordinal), ct, 240, () => Agent.Output);

    public async ValueTask DisposeAsync()
    {
        if (Agent is not null) await Agent.DisposeAsync();
        await Server.DisposeAsync();
        olivia.Dispose();
    }

    private static string? StateOf(JsonNode run, string node) => run["steps"]!.AsArray().SingleOrDefault(step => (string?)step!["node"] == node)?["state"]?.ToString();

    private static JsonObject Request(string name) => new()
    {
        ["tenant"] = "sample",
        ["name"] = name,
        ["blueprint"] = "pinot-byok",
        ["cloud"] = "kubernetes",
        ["region"] = "here",
        ["parameters"] = new JsonObject { ["servers"] = 3 },
        ["adopted"] = new JsonObject
        {
            ["network"] = new JsonObject { ["networkId"] = "net-1", ["subnetIds"] = new JsonArray("s-1") },
            ["kubernetes"] = new JsonObject { ["cluster"] = "test", ["endpoint"] = "https://127.0.0.1" },
            ["storage"] = new JsonObject { ["bucket"] = "s3://pinot" },
            ["workload-identity"] = new JsonObject { ["role"] = "pinot" },
        },
    };

    private async Task<string> EnrolAsync(bool namespaced) =>
        (await Server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{Id}/enrollments"))[namespaced ? "namespacedManifest" : "manifest"]!.ToString();

    /// <summary>Applies a manifest, and starts the agent with what stands in it, as its pod would.</summary>
    private async Task ConnectAsync(string manifest, bool namespaced)
    {
        await Eventually.BecomesAsync("the manifest is applied", async () =>
        {
            await cluster.KubectlAsync("apply -f -", ct, manifest);
            return await cluster.Kube.StatusAsync($"/apis/fabric.io/v1alpha1/namespaces/{AgentNamespace}/intents", ct);
        }, status => status == 200, ct);
        Agent = AgentProgram.Start(new Dictionary<string, string>
        {
            ["FABRIC_URL"] = Server.Address,
            ["FABRIC_TOKEN"] = TokenIn().Match(manifest).Groups[1].Value,
            ["FABRIC_KUBECONFIG"] = await cluster.KubeconfigOfAsync(AgentNamespace, "fabric-agent", ct),
            ["FABRIC_NAMESPACE"] = AgentNamespace,
            ["FABRIC_SCOPE"] = namespaced ? "namespaced" : "cluster",
            ["FABRIC_RESYNC"] = "1",
        });
    }

    /// <summary>Signs Olivia, the customer's owner, in as a browser would: a customer's gate takes a customer's yes.</summary>
    private static async Task<HttpClient> SignInAsync(ServerProcess server)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };
        var page = await client.GetStringAsync("/signin");
        var token = WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);
        using var answer = await client.PostAsync("/signin/development", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token,
            ["role"] = "Owner",
            ["tenant"] = "sample",
            ["name"] = "Olivia",
        }));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("^ +token: \"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex TokenIn();
}
