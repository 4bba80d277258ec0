using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fabric.Tests.Support;

namespace Fabric.Tests.Cluster;

/// <summary>The main job with nothing in between: the real server, the agent as its own process, a real API server.</summary>
[Collection(ClusterCollection.Name)]
public sealed partial class WholeStoryTests(ApiServerFixture cluster)
{
    private const string AgentNamespace = "fabric-agent";

    [Fact]
    public async Task Pinot_on_a_cluster_becomes_ready_grows_from_three_servers_to_five_and_leaves_nothing_behind()
    {
        var ct = TestContext.Current.CancellationToken;
        await cluster.NeedAsync(ct);
        await using var server = await ServerProcess.StartAsync();
        using var olivia = await SignInAsync(server);
        var created = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", Request());
        var (id, run) = (created["id"]!.ToString(), created["run"]!.ToString());
        await using var agent = await ConnectAsync(server, id, ct);

        await server.UntilAsync($"/api/v1/runs/{run}", answer => StateOf(answer, "approve") == "AwaitingApproval", $"the gate to ask; agent: {agent.Output}");
        using (var approved = await olivia.PostAsync($"/api/v1/runs/{run}/steps/approve/approve", new StringContent("{}", null, "application/json"), ct))
            Assert.True(approved.IsSuccessStatusCode, await approved.Content.ReadAsStringAsync(ct));
        await EndsAsync(server, run, agent);
        Assert.Equal("3", await cluster.KubectlAsync($"get statefulset pinot-server -n {ClusterStory.Of("story")} -o jsonpath={{.spec.replicas}}", ct));

        var changed = await server.SendAsync(HttpMethod.Patch, $"/api/v1/environments/{id}/parameters", new JsonObject { ["servers"] = 5 });
        await server.UntilAsync($"/api/v1/runs/{changed["run"]}", answer => StateOf(answer, "approve") is "AwaitingApproval" or "Succeeded", "the gate to ask again");
        using (await olivia.PostAsync($"/api/v1/runs/{changed["run"]}/steps/approve/approve", new StringContent("{}", null, "application/json"), ct))
            await EndsAsync(server, changed["run"]!.ToString(), agent);
        Assert.Equal("5", await cluster.KubectlAsync($"get statefulset pinot-server -n {ClusterStory.Of("story")} -o jsonpath={{.status.readyReplicas}}", ct));

        await server.SendAsync(HttpMethod.Delete, $"/api/v1/environments/{id}");
        await server.UntilAsync($"/api/v1/environments/{id}", answer => (string?)answer["state"] is "Updating" or "Destroying" or "Destroyed" or "Failed", "the destroy run to begin");
        var destroy = (await server.GetAsync($"/api/v1/environments/{id}"))["run"]?.ToString();
        if (destroy is not null)
        {
            var plan = await server.GetAsync($"/api/v1/runs/{destroy}/plan");
            using var yes = await olivia.PostAsync($"/api/v1/runs/{destroy}/approve", new StringContent($$"""{"planHash":"{{plan["planHash"]}}"}""", null, "application/json"), ct);
        }

        await server.UntilAsync($"/api/v1/environments/{id}", answer => (string?)answer["state"] == "Destroyed", $"Destroyed; agent: {agent.Output}", 180);
        Assert.Empty(await cluster.KubectlAsync($"get statefulsets,deployments,services,configmaps,secrets,persistentvolumeclaims -n {ClusterStory.Of("story")} --ignore-not-found -o name", ct));
    }

    private static async Task EndsAsync(ServerProcess server, string run, ChildProcess agent)
    {
        var ended = await server.UntilAsync($"/api/v1/runs/{run}", answer => (string?)answer["state"] is "Succeeded" or "Failed", $"the run to end; agent: {agent.Output}", 240);
        Assert.True((string?)ended["state"] == "Succeeded", ended.ToJsonString());
    }

    private static string? StateOf(JsonNode run, string node) => run["steps"]!.AsArray().SingleOrDefault(step => (string?)step!["node"] == node)?["state"]?.ToString();

    private static JsonObject Request() => new()
    {
        ["tenant"] = "sample",
        ["name"] = "story",
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

    private async Task<ChildProcess> ConnectAsync(ServerProcess server, string id, CancellationToken ct)
    {
        var enrollment = await server.SendAsync(HttpMethod.Post, $"/api/v1/environments/{id}/enrollments");
        var manifest = enrollment["manifest"]!.ToString();
        await Eventually.BecomesAsync(
            "the manifest is applied",
            async () =>
            {
                await cluster.KubectlAsync("apply -f -", ct, manifest);
                return await cluster.Kube.StatusAsync($"/apis/fabric.io/v1alpha1/namespaces/{AgentNamespace}/intents", ct);
            },
            status => status == 200,
            ct);
        var program = Path.Combine(AppContext.BaseDirectory.Replace("Fabric.Tests", "Fabric.Agent", StringComparison.Ordinal), "Fabric.Agent.dll");
        return new ChildProcess("dotnet", [program], new Dictionary<string, string>
        {
            ["FABRIC_URL"] = server.Address,
            ["FABRIC_TOKEN"] = enrollment["token"]!.ToString(),
            ["FABRIC_KUBECONFIG"] = await cluster.KubeconfigOfAsync(AgentNamespace, "fabric-agent", ct),
            ["FABRIC_NAMESPACE"] = AgentNamespace,
            ["FABRIC_SCOPE"] = "cluster",
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
}
