using System.Text.Json.Nodes;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Azure;
using Microsoft.Extensions.Options;

namespace Fabric.Tests.Clouds;

/// <summary>Azure against a fake of Entra ID and of the resource manager, over https. No real Azure was ever asked.</summary>
public sealed class AzureOnAFake : IAsyncLifetime
{
    private const string Subscription = "11111111-2222-3333-4444-555555555555";
    private const string Directory = "aaaaaaaa-2222-3333-4444-555555555555";
    private const string Application = "bbbbbbbb-2222-3333-4444-555555555555";
    private const string Secret = "the-client-secret-8Q";
    private const string Group = $"/subscriptions/{Subscription}/resourceGroups/g";
    private const string Network = $"{Group}/providers/Microsoft.Network/virtualNetworks/net";
    private readonly string file = Path.GetTempFileName();
    private FakeServer fake = null!;
    private HttpClient http = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ICloud Azure => AzureServices.Make(
        Options.Create(new AzureOptions { Authority = fake.Address.ToString(), Endpoint = fake.Address.ToString(), TokenFile = file, Issuer = "https://fabric.example.com", Subject = "fabric" }), http);

    public async ValueTask InitializeAsync()
    {
        fake = await FakeServer.StartAsync(https: true);
        http = fake.Client();
        await File.WriteAllTextAsync(file, "header.eyJleHAiOjQwMDAwMDAwMDB9.signature\n", Stop);
        fake.Handlers[$"POST /{Directory}/oauth2/v2.0/token"] = (_, body) => body.Contains(Secret, StringComparison.Ordinal) || body.Contains("client_assertion=header.", StringComparison.Ordinal)
            ? (200, JsonNode.Parse("""{"access_token":"arm-token","expires_in":3600,"token_type":"Bearer"}""")!)
            : (401, JsonNode.Parse($$$"""{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided: wrong-secret for {{{Application}}}."}""")!);
        fake.Says($"GET /subscriptions/{Subscription}", $$$"""{"id":"/subscriptions/{{{Subscription}}}","subscriptionId":"{{{Subscription}}}","displayName":"Pinot","state":"Enabled","tags":{"fabric-connection":"the-proof"}}""");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await fake.DisposeAsync();
        File.Delete(file);
    }

    [Fact]
    public async Task A_client_secret_gives_what_Terraform_reads()
    {
        var session = (await Azure.OpenAsync(new OpenedAccount(Row("secret"), Secret), "westeurope", "x", Stop)).Value;
        Assert.Equal((Subscription, Directory, Application, Secret), (session.Variables["ARM_SUBSCRIPTION_ID"], session.Variables["ARM_TENANT_ID"], session.Variables["ARM_CLIENT_ID"], session.Variables["ARM_CLIENT_SECRET"]));
        Assert.Equal([Secret], session.Secrets);
        Assert.All(fake.Asked.Where(asked => asked.What.StartsWith("GET /subscriptions", StringComparison.Ordinal)), asked => Assert.Equal("arm-token", asked.Token));
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_by_its_code_and_not_repeated()
    {
        var fault = (await Azure.OpenAsync(new OpenedAccount(Row("secret"), "wrong-secret"), "westeurope", "x", Stop)).Faults[0];
        Assert.Equal(CloudFaults.SignInRefused, fault.Code);
        Assert.Contains("AADSTS7000215", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_federation_shows_the_servers_token_and_ends_with_it()
    {
        var session = (await Azure.OpenAsync(new OpenedAccount(Row("federated"), null), "westeurope", "x", Stop)).Value;
        Assert.Equal(("true", "header.eyJleHAiOjQwMDAwMDAwMDB9.signature"), (session.Variables["ARM_USE_OIDC"], session.Variables["ARM_OIDC_TOKEN"]));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(4_000_000_000), session.ExpiresAt);
    }

    [Fact]
    public async Task A_federation_needs_the_proof_on_the_subscription()
    {
        fake.Says($"GET /subscriptions/{Subscription}", $$$"""{"id":"/subscriptions/{{{Subscription}}}","subscriptionId":"{{{Subscription}}}","displayName":"Pinot","state":"Enabled","tags":{"fabric-connection":"somebody-elses"}}""");
        var fault = (await Azure.OpenAsync(new OpenedAccount(Row("federated"), null), "westeurope", "x", Stop)).Faults[0];
        Assert.Equal(CloudFaults.SignInRefused, fault.Code);
        Assert.Contains("the-proof", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_carries_all_tags_in_the_region_is_found_over_all_pages()
    {
        fake.Says($"GET /subscriptions/{Subscription}/resourcegroups", $$$"""{"value":[{"id":"{{{Group}}}","name":"g","type":"Microsoft.Resources/resourceGroups","location":"westeurope","tags":{"a":"1","b":"2"}}]}""");
        var (cluster, far) = ($"{Group}/providers/Microsoft.ContainerService/managedClusters/k", $"{Group}/providers/Microsoft.Storage/storageAccounts/far");
        fake.Handlers[$"GET /subscriptions/{Subscription}/resources"] = (query, _) => (200, JsonNode.Parse(query.ContainsKey("skip")
            ? $$$"""{"value":[{"id":"{{{cluster}}}","name":"k","type":"Microsoft.ContainerService/managedClusters","location":"West Europe","tags":{"a":"1","b":"2"}},{"id":"{{{far}}}","name":"far","type":"Microsoft.Storage/storageAccounts","location":"eastus","tags":{"a":"1","b":"2"}}]}"""
            : $$$"""{"value":[{"id":"{{{Network}}}","name":"n","type":"Microsoft.Network/virtualNetworks","location":"westeurope","tags":{"a":"1"}}],"nextLink":"{{{fake.Address}}}subscriptions/{{{Subscription}}}/resources?skip=1"}""")!);
        var found = (await Azure.FindAsync(await SessionAsync(), "westeurope", new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }, Stop)).Value;
        Assert.Equal([("azurerm_resource_group", Group), ("azurerm_kubernetes_cluster", cluster)], found.Select(one => (one.Type, one.Id)));
        Assert.Contains(fake.Asked, asked => asked.Query.Contains(Uri.EscapeDataString("tagName eq 'a' and tagValue eq '1'"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_of_another_host_is_not_asked_for()
    {
        fake.Says($"GET /subscriptions/{Subscription}/resourcegroups", """{"value":[],"nextLink":"https://thief.example.com/next"}""");
        Assert.Equal(CloudFaults.Strange, (await Azure.FindAsync(await SessionAsync(), "westeurope", new Dictionary<string, string> { ["a"] = "1" }, Stop)).Faults[0].Code);
    }

    [Fact]
    public async Task What_names_a_network_lives_in_it()
    {
        fake.Says($"GET {Network}/subnets", $$$"""{"value":[{"id":"{{{Network}}}/subnets/a","name":"a","type":"Microsoft.Network/virtualNetworks/subnets"}]}""");
        foreach (var list in new[] { "applicationGateways", "networkSecurityGroups", "natGateways", "privateEndpoints" })
            fake.Says($"GET /subscriptions/{Subscription}/providers/Microsoft.Network/{list}", """{"value":[]}""");
        fake.Says($"GET /subscriptions/{Subscription}/providers/Microsoft.Network/loadBalancers", $$$"""{"value":[{"id":"/lb","name":"lb","type":"Microsoft.Network/loadBalancers","properties":{"frontendIPConfigurations":[{"properties":{"subnet":{"id":"{{{Network}}}/subnets/a"} } }]}},{"id":"/other","name":"other","type":"Microsoft.Network/loadBalancers","properties":{"x":"{{{Network}}}2/subnets/a"}}]}""");
        fake.Says($"GET /subscriptions/{Subscription}/providers/Microsoft.Network/networkInterfaces", $$$"""{"value":[{"id":"/nic","name":"nic","type":"Microsoft.Network/networkInterfaces","tags":{"t":"v"},"properties":{"ipConfigurations":[{"properties":{"subnet":{"id":"{{{Network.ToUpperInvariant()}}}/subnets/a"} } }]}}]}""");
        var found = (await Azure.InNetworkAsync(await SessionAsync(), "westeurope", Network, Stop)).Value;
        Assert.Equal(["azurerm_subnet", "azurerm_lb", "azurerm_network_interface"], found.Select(one => one.Type));
        Assert.False((await Azure.InNetworkAsync(await SessionAsync(), "westeurope", "/subscriptions/another/x", Stop)).Succeeded);
    }

    [Fact]
    public async Task What_lives_in_a_network_is_removed_and_nothing_of_another_service_or_subscription()
    {
        var balancer = $"/subscriptions/{Subscription}/resourceGroups/g/providers/Microsoft.Network/loadBalancers/lb";
        fake.Says($"DELETE {balancer}", "{}");
        Assert.True((await RemoveAsync("azurerm_lb", balancer)).Succeeded);
        Assert.Contains(fake.Asked, asked => asked.What == $"DELETE {balancer}" && asked.Query.Contains("api-version", StringComparison.Ordinal));
        foreach (var id in new[] { balancer.Replace("Network/", "Storage/", StringComparison.Ordinal), "/subscriptions/another/providers/Microsoft.Network/loadBalancers/lb", $"{balancer}/../../../x", $"{balancer}?x=" })
            Assert.Equal("NotRemoved", (await RemoveAsync("azurerm_lb", id)).Faults[0].Code);
    }

    [Fact]
    public async Task Preflight_reads_regions_permissions_and_quotas()
    {
        fake.Says($"GET /subscriptions/{Subscription}/locations", $$$"""{"value":[{"id":"/subscriptions/{{{Subscription}}}/locations/westeurope","name":"westeurope","displayName":"West Europe"}]}""");
        fake.Says($"GET /subscriptions/{Subscription}/providers/Microsoft.Authorization/permissions", """{"value":[{"actions":["*"],"notActions":["Microsoft.Authorization/*/write"]}]}""");
        fake.Says($"GET /subscriptions/{Subscription}/providers/Microsoft.Network/locations/westeurope/usages", """{"value":[{"name":{"value":"VirtualNetworks"},"currentValue":1000,"limit":1000},{"name":{"value":"PublicIPAddresses"},"currentValue":1,"limit":10}]}""");
        var rows = await Azure.PreflightAsync(new OpenedAccount(Row("secret", "westeurope", "marsnorth"), Secret), Stop);
        Assert.Equal(
            [("Sign-in", CheckResult.Passed), ("Account", CheckResult.Passed), ("Region westeurope", CheckResult.Passed), ("Region marsnorth", CheckResult.Failed), ("Permissions", CheckResult.Failed),
                ("Networks in westeurope", CheckResult.Failed), ("Addresses in westeurope", CheckResult.Passed), ("Networks in marsnorth", CheckResult.NotChecked), ("Addresses in marsnorth", CheckResult.NotChecked)],
            rows.Select(row => (row.Name, row.Result)));
        Assert.Equal("Not granted: Microsoft.Authorization/roleAssignments/write.", rows.Single(row => row.Name == "Permissions").Sentence);
    }

    [Fact]
    public async Task A_cloud_that_does_not_answer_is_said_to_be_silent()
    {
        await fake.DisposeAsync();
        Assert.Equal(CloudFaults.Unreachable, (await Azure.OpenAsync(new OpenedAccount(Row("secret"), Secret), "westeurope", "x", Stop)).Faults[0].Code);
    }

    private async Task<Workflows.Engine.Outcome<bool>> RemoveAsync(string type, string id) =>
        await Azure.RemoveAsync(await SessionAsync(), "westeurope", new CloudResource(type, id, "", new Dictionary<string, string>()), Stop);

    private async Task<CloudSession> SessionAsync() => (await Azure.OpenAsync(new OpenedAccount(Row("secret"), Secret), "westeurope", "x", Stop)).Value;

    private static CloudAccount Row(string kind, params string[] regions) => SampleAccounts.Row(
        "azure", Subscription, new JsonObject { ["kind"] = kind, ["tenantId"] = Directory, ["clientId"] = Application, ["proof"] = "the-proof" }, regions: regions);
}
