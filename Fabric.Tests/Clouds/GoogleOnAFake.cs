using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Google;
using Microsoft.Extensions.Options;

namespace Fabric.Tests.Clouds;

/// <summary>Google Cloud against a fake of its services. No real Google was ever asked.</summary>
public sealed class GoogleOnAFake : IAsyncLifetime
{
    private const string Project = "my-project";
    private const string Email = "fabric@my-project.iam.gserviceaccount.com";
    private const string Provider = "projects/12/locations/global/workloadIdentityPools/fabric/providers/fabric";
    private readonly string file = Path.GetTempFileName();
    private FakeServer fake = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ICloud Google => GoogleServices.Make(
        Options.Create(new GoogleOptions { Endpoint = fake.Address.ToString(), TokenFile = file, Issuer = "https://fabric.example.com", Subject = "fabric" }), TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        fake = await FakeServer.StartAsync(https: false);
        await File.WriteAllTextAsync(file, "the-servers-own-token", Stop);
        fake.Says("POST /oauth2/token", """{"access_token":"key-token","expires_in":3599,"token_type":"Bearer"}""");
        fake.Says("POST /sts/v1/token", """{"access_token":"federated-token","expires_in":3599,"token_type":"Bearer"}""");
        fake.Says($"POST /iamcredentials/v1/projects/-/serviceAccounts/{Email}:generateAccessToken", """{"accessToken":"impersonated-token","expireTime":"2031-01-01T00:00:00Z"}""");
        fake.Says($"GET /cloudresourcemanager/v3/projects/{Project}", """{"projectId":"my-project","state":"ACTIVE","labels":{"fabric-connection":"the-proof"}}""");
    }

    public async ValueTask DisposeAsync()
    {
        await fake.DisposeAsync();
        File.Delete(file);
    }

    [Fact]
    public async Task A_key_gives_what_Terraform_reads_and_its_own_addresses_are_not_called()
    {
        var session = (await Google.OpenAsync(new OpenedAccount(ByKey(), Key()), "europe-west3", "x", Stop)).Value;
        Assert.Equal(("key-token", Project, "europe-west3"), (session.Variables["GOOGLE_OAUTH_ACCESS_TOKEN"], session.Variables["GOOGLE_PROJECT"], session.Variables["GOOGLE_REGION"]));
        Assert.Equal(["key-token"], session.Secrets);
        Assert.InRange(session.ExpiresAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task A_deleted_key_is_refused_by_its_code()
    {
        fake.Handlers["POST /oauth2/token"] = (_, body) => (400, JsonNode.Parse($$$"""{"error":"invalid_grant","error_description":"Invalid JWT: {{{body.Length}}} the-private-part"}""")!);
        var fault = (await Google.OpenAsync(new OpenedAccount(ByKey(), Key()), "europe-west3", "x", Stop)).Faults[0];
        Assert.Equal(CloudFaults.SignInRefused, fault.Code);
        Assert.Contains("invalid_grant", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the-private-part", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_federation_exchanges_the_servers_token_and_becomes_the_service_account()
    {
        var session = (await Google.OpenAsync(new OpenedAccount(Federated(), null), "europe-west3", "x", Stop)).Value;
        Assert.Equal("impersonated-token", session.Variables["GOOGLE_OAUTH_ACCESS_TOKEN"]);
        Assert.Equal(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero), session.ExpiresAt);
        var asked = fake.Asked.ToArray();
        Assert.Contains("subject_token=the-servers-own-token", asked[0].Body, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString($"//iam.googleapis.com/{Provider}"), asked[0].Body, StringComparison.Ordinal);
        Assert.Equal("federated-token", asked[1].Token);
    }

    [Theory]
    [InlineData("""{"projectId":"my-project","state":"ACTIVE","labels":{"fabric-connection":"somebody-elses"}}""", "the-proof")]
    [InlineData("""{"projectId":"my-project","state":"ACTIVE"}""", "the-proof")]
    [InlineData("""{"projectId":"my-project","state":"DELETE_REQUESTED","labels":{"fabric-connection":"the-proof"}}""", "not active")]
    public async Task A_project_must_be_active_and_carry_the_proof(string project, string says)
    {
        fake.Says($"GET /cloudresourcemanager/v3/projects/{Project}", project);
        Assert.Contains(says, (await Google.OpenAsync(new OpenedAccount(Federated(), null), "europe-west3", "x", Stop)).Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_carries_all_labels_in_the_region_is_found_over_all_pages()
    {
        fake.Handlers[$"GET /cloudasset/v1/projects/{Project}:searchAllResources"] = (query, _) => (200, JsonNode.Parse(query.ContainsKey("pageToken")
            ? """{"results":[{"name":"//storage.googleapis.com/segments","assetType":"storage.googleapis.com/Bucket","displayName":"segments","location":"europe-west3","labels":{"fabric-node":"network"}},{"name":"//x/projects/p/far","assetType":"x","location":"us-east1","labels":{"fabric-node":"network"}}]}"""
            : """{"results":[{"name":"//compute.googleapis.com/projects/my-project/global/networks/n","assetType":"compute.googleapis.com/Network","displayName":"n","location":"global","labels":{"fabric-node":"network"}},{"name":"//x/projects/p/similar","assetType":"x","location":"global","labels":{"fabric-node":"networks"}}],"nextPageToken":"2"}""")!);
        var found = (await Google.FindAsync(await SessionAsync(), "europe-west3", new Dictionary<string, string> { ["fabric:node"] = "Network" }, Stop)).Value;
        Assert.Equal([("google_compute_network", "projects/my-project/global/networks/n"), ("google_storage_bucket", "segments")], found.Select(one => (one.Type, one.Id)));
    }

    [Fact]
    public async Task What_is_in_a_network_is_listed_over_all_regions()
    {
        const string Net = "https://www.googleapis.com/compute/v1/projects/my-project/global/networks/net";
        fake.Says($"GET /compute/compute/v1/projects/{Project}/aggregated/subnetworks", $$$"""{"items":{"regions/europe-west3":{"subnetworks":[{"name":"a","network":"{{{Net}}}","selfLink":"https://www.googleapis.com/compute/v1/projects/my-project/regions/europe-west3/subnetworks/a"},{"name":"b","network":"{{{Net}}}-2","selfLink":"x"}]},"regions/us-east1":{"warning":{} } } }""");
        fake.Says($"GET /compute/compute/v1/projects/{Project}/aggregated/forwardingRules", """{"items":{}}""");
        fake.Says($"GET /compute/compute/v1/projects/{Project}/aggregated/routers", """{"items":{}}""");
        fake.Says($"GET /compute/compute/v1/projects/{Project}/aggregated/instances", $$$"""{"items":{"zones/europe-west3-a":{"instances":[{"name":"vm","labels":{"x":"y"},"networkInterfaces":[{"network":"{{{Net}}}"}],"selfLink":"https://www.googleapis.com/compute/v1/projects/my-project/zones/europe-west3-a/instances/vm"}]} } }""");
        fake.Says($"GET /compute/compute/v1/projects/{Project}/global/firewalls", """{"items":[]}""");
        var found = (await Google.InNetworkAsync(await SessionAsync(), "europe-west3", "projects/my-project/global/networks/net", Stop)).Value;
        Assert.Equal(
            [("google_compute_subnetwork", "projects/my-project/regions/europe-west3/subnetworks/a"), ("google_compute_instance", "projects/my-project/zones/europe-west3-a/instances/vm")], found.Select(one => (one.Type, one.Id)));
    }

    [Fact]
    public async Task What_lives_in_a_network_is_removed_and_nothing_of_another_project()
    {
        fake.Says($"DELETE /compute/compute/v1/projects/{Project}/regions/europe-west3/forwardingRules/front", """{"status":"RUNNING"}""");
        var rule = new CloudResource("google_compute_forwarding_rule", $"projects/{Project}/regions/europe-west3/forwardingRules/front", "front", new Dictionary<string, string>());
        Assert.True((await Google.RemoveAsync(await SessionAsync(), "europe-west3", rule, Stop)).Succeeded);
        foreach (var other in new[] { rule with { Id = "projects/another/global/firewalls/x" }, rule with { Type = "google_storage_bucket" }, rule with { Id = $"projects/{Project}/../another/x" } })
            Assert.Equal("NotRemoved", (await Google.RemoveAsync(await SessionAsync(), "europe-west3", other, Stop)).Faults[0].Code);
    }

    [Fact]
    public async Task Preflight_reads_services_regions_permissions_and_quotas()
    {
        fake.Says($"GET /serviceusage/v1/projects/{Project}/services:batchGet", """{"services":[{"name":"projects/12/services/compute.googleapis.com","state":"ENABLED"}]}""");
        fake.Says($"GET /compute/compute/v1/projects/{Project}/regions/europe-west3", """{"status":"UP"}""");
        fake.Says($"POST /cloudresourcemanager/v3/projects/{Project}:testIamPermissions", """{"permissions":["compute.networks.create"]}""");
        fake.Says($"GET /compute/compute/v1/projects/{Project}", """{"quotas":[{"metric":"NETWORKS","usage":1,"limit":15}]}""");
        var rows = await Google.PreflightAsync(new OpenedAccount(ByKey("europe-west3"), Key()), Stop);
        Assert.Equal(
            [("Sign-in", CheckResult.Passed), ("Account", CheckResult.Passed), ("Services", CheckResult.Failed), ("Region europe-west3", CheckResult.Passed), ("Permissions", CheckResult.Failed), ("Networks", CheckResult.Passed)],
            rows.Select(row => (row.Name, row.Result)));
    }

    [Fact]
    public void A_key_that_is_none_is_told_so_without_repeating_it() =>
        Assert.DoesNotContain("sesame", Assert.Single(Google.Check(ByKey(), """{"type":"sesame"}""")).Message, StringComparison.Ordinal);

    private async Task<CloudSession> SessionAsync() => (await Google.OpenAsync(new OpenedAccount(ByKey(), Key()), "europe-west3", "x", Stop)).Value;

    private static CloudAccount ByKey(params string[] regions) => SampleAccounts.Row("google", Project, new JsonObject { ["kind"] = "key" }, regions: regions);

    private static CloudAccount Federated() => SampleAccounts.Row(
        "google", Project, new JsonObject { ["kind"] = "federation", ["provider"] = Provider, ["serviceAccount"] = Email, ["proof"] = "the-proof" });

    private static string Key()
    {
        using var rsa = RSA.Create(2048);
        return new JsonObject
        {
            ["type"] = "service_account", ["client_email"] = Email, ["private_key"] = rsa.ExportPkcs8PrivateKeyPem(), ["token_uri"] = "http://localhost:1/thief",
        }.ToJsonString();
    }
}
