using System.Text.Json.Nodes;
using Fabric.Tests.Clouds;
using Fabric.Tests.Cluster;
using Fabric.Tests.Support;
using Fabric.Workflows.Clouds;

namespace Fabric.Tests.Terraform;

/// <summary>The main job in a customer's cloud: the real server, Terraform with AWS's own provider on the emulator, and the cluster part on a real API server.</summary>
[Collection(ClusterCollection.Name)]
public sealed class PinotOnAwsTests(ApiServerFixture cluster, Moto moto) : IClassFixture<Moto>
{
    private readonly string number = Moto.NewAccount();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pinot_byoc_becomes_ready_changes_by_just_its_diff_and_leaves_the_account_empty()
    {
        await moto.NeedAsync(Stop);
        var (story, run) = await PinotStory.StartAsync(cluster, "byoc", BootstrapAsync, namespaced: false, RequestAsync, Stop, moto.Settings);
        await using var end = story;
        await story.EndsAsync(run);
        var environment = await story.Server.GetAsync($"/api/v1/environments/{story.Id}");
        Assert.Equal("Ready", (string?)environment["state"]);
        Assert.Empty((await story.Server.GetAsync($"/api/v1/runs/{run}/plan"))["steps"]!.AsArray().SelectMany(step => step!["verdicts"]!.AsArray()));
        var made = (await FoundAsync()).Select(resource => resource.Type).ToHashSet();
        foreach (var type in new[] { "aws_vpc", "aws_subnet", "aws_iam_openid_connect_provider", "aws_s3_bucket", "aws_iam_role" })
            Assert.True(made.Contains(type), $"{type} is not among {string.Join(", ", made.Order())}");
        Assert.Single(await ClustersAsync());

        var changed = (await story.Server.SendAsync(HttpMethod.Patch, $"/api/v1/environments/{story.Id}/parameters", new JsonObject { ["servers"] = 4 }))["run"]!.ToString();
        await story.ApproveAsync(changed);
        await story.EndsAsync(changed);
        var steps = (await story.Server.GetAsync($"/api/v1/runs/{changed}/plan"))["steps"]!.AsArray();
        Assert.Equal(["pinot"], steps.Where(step => (string?)step!["action"] is not ("None" or null)).Select(step => (string?)step!["node"]));

        await story.DestroyAsync();
        Assert.Empty(await FoundAsync());
        // The emulator's search by tag knows no clusters. Nor does it know a build project by its ARN, by which the provider deletes it: that one stays.
        Assert.Empty(await ClustersAsync());
    }

    private async Task<JsonArray> ClustersAsync() => (await moto.RestAsync(await SessionAsync(), "eks", MotoAccess.Region, "/clusters", Stop))["clusters"]!.AsArray();

    private async Task<CloudSession> SessionAsync() => (await moto.Aws.OpenAsync(new OpenedAccount(SampleAccounts.AwsRole(number), null), MotoAccess.Region, "test", Stop)).Value;

    /// <summary>What the cluster's bootstrap is to apply. The emulator keeps builds and runs none, so the story plays the build: it reads the secret and applies that.</summary>
    private async Task<string> BootstrapAsync(PinotStory story)
    {
        var run = (await story.Server.GetAsync($"/api/v1/environments/{story.Id}"))["run"]!.ToString();
        await story.Server.UntilAsync(
            $"/api/v1/runs/{run}", answer => answer["steps"]!.AsArray().Single(step => (string?)step!["node"] == "agent")!["message"]?.ToString().Contains("bootstrap", StringComparison.Ordinal) == true, "the bootstrap to be started", 300);
        var entities = (await story.Server.GetAsync($"/api/v1/environments/{story.Id}"))["entities"]!.AsArray();
        var name = $"{entities.Single(entity => (string?)entity!["node"] == "kubernetes")!["outputs"]!["cluster"]}-agent";
        var session = await SessionAsync();
        var project = await moto.JsonAsync(session, "codebuild", MotoAccess.Region, "CodeBuild_20161006.BatchGetProjects", new JsonObject { ["names"] = new JsonArray(name) }, Stop);
        Assert.Contains("kubectl apply", project["projects"]![0]!["source"]!["buildspec"]!.ToString(), StringComparison.Ordinal);
        var builds = await moto.JsonAsync(session, "codebuild", MotoAccess.Region, "CodeBuild_20161006.ListBuildsForProject", new JsonObject { ["projectName"] = name }, Stop);
        Assert.Single(builds["ids"]!.AsArray());
        var secret = await moto.JsonAsync(session, "secretsmanager", MotoAccess.Region, "secretsmanager.GetSecretValue", new JsonObject { ["SecretId"] = name }, Stop);
        return secret["SecretString"]!.ToString();
    }

    private async Task<JsonObject> RequestAsync(ServerProcess server)
    {
        var account = await server.SendAsync(HttpMethod.Post, "/api/v1/cloud-accounts", new JsonObject { ["tenant"] = "sample", ["name"] = "prod", ["cloud"] = "aws", ["account"] = number });
        return new JsonObject
        {
            ["tenant"] = "sample",
            ["name"] = "byoc",
            ["blueprint"] = "pinot-byoc",
            ["cloud"] = "aws",
            ["account"] = account["name"]!.ToString(),
            ["region"] = MotoAccess.Region,
            ["parameters"] = new JsonObject { ["servers"] = 3, ["hostname"] = "pinot.example.com" },
        };
    }

    private async Task<IReadOnlyList<CloudResource>> FoundAsync()
    {
        var found = await moto.Aws.FindAsync(await SessionAsync(), MotoAccess.Region, new Dictionary<string, string> { ["fabric-environment"] = "byoc" }, Stop);
        Assert.True(found.Succeeded, found.Succeeded ? "" : found.Faults[0].Message);
        // What AWS keeps for a while of what is deleted is no more there: keys that wait for their end, gateways that were.
        return [.. found.Value.Where(resource => resource.Type is not ("aws_kms_key" or "aws_nat_gateway" or "aws_vpc_endpoint"))];
    }
}
