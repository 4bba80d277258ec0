using Fabric.Tests.Support;
using Fabric.Web.Access;
using Microsoft.Extensions.Configuration;

namespace Fabric.Tests.Access;

/// <summary>A server whose sign-in is not safe, or not set up, does not start, and says why.</summary>
public sealed class SettingsTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://10.0.0.1:5080", false)]
    [InlineData("http://localhost.example.com", false)]
    public void Development_listens_on_loopback_alone(string url, bool allowed) => Assert.Equal(allowed, new AccessOptions().Faults(true, [url]).Count == 0);

    [Theory]
    [InlineData("urls", "http://0.0.0.0:1")]
    [InlineData("http_ports", "8080")]
    [InlineData("Kestrel:Endpoints:Open:Url", "http://*:1")]
    public void An_address_counts_however_it_is_given(string key, string value) =>
        Assert.NotEmpty(new AccessOptions().Faults(true, AccessServices.Addresses(Settings((key, value)))));

    [Fact]
    public void Development_is_refused_outside_the_development_environment() =>
        Assert.Contains("Fabric:Access:Mode", Assert.Single(new AccessOptions().Faults(false, ["http://localhost:1"])), StringComparison.Ordinal);

    [Fact]
    public void Every_fault_of_Entra_ID_has_its_sentence()
    {
        var faults = new AccessOptions { Mode = AccessMode.EntraId }.Faults(false, [], Settings(("Instance", "login"), ("TenantId", "common"), ("ClientId", "me")));
        Assert.Equal(["AzureAd:Instance", "AzureAd:TenantId", "AzureAd:ClientId"], faults.Select(fault => fault.Split(' ')[0]));
        Assert.Equal(3, new AccessOptions { Mode = AccessMode.EntraId }.Faults(false, [], Settings()).Count);
        Assert.Empty(new AccessOptions { Mode = AccessMode.EntraId }.Faults(false, [], Settings(
            ("Instance", "https://login.microsoftonline.com/"), ("TenantId", "contoso.onmicrosoft.com"), ("ClientId", "11111111-1111-1111-1111-111111111111"))));
    }

    [Theory]
    [InlineData("", "Fabric:Access:Authority")]
    [InlineData("login", "Fabric:Access:Authority")]
    [InlineData("http://login.example.com", "Fabric:Access:Authority")]
    [InlineData("https://login.example.com", null)]
    [InlineData("http://127.0.0.1:4000", null)]
    public void An_issuer_is_reached_over_https(string authority, string? fault)
    {
        var faults = new AccessOptions { Mode = AccessMode.OpenIdConnect, Authority = authority, ClientId = "fabric" }.Faults(false, []);
        Assert.Equal(fault, faults.SingleOrDefault()?.Split(' ')[0]);
    }

    [Fact]
    public async Task The_server_itself_refuses_to_start()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ServerProcess.StartAsync(
            null, ("ASPNETCORE_ENVIRONMENT", "Production"), ("Fabric:Keys", Key), ("Fabric:Access:Mode", "Development")));
        Assert.Contains("Fabric:Access:Mode is Development, but the environment is not", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_Entra_ID_the_API_answers_and_pages_lead_to_the_sign_in()
    {
        await using var server = await ServerProcess.StartAsync(
            null,
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("Fabric:Keys", Key),
            ("Fabric:Access:Mode", "EntraId"),
            ("AzureAd:Instance", "https://login.microsoftonline.com/"),
            ("AzureAd:TenantId", "11111111-1111-1111-1111-111111111111"),
            ("AzureAd:ClientId", "22222222-2222-2222-2222-222222222222"));
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };
        (await PublicApi.Calls.GetReplyAsync(browser, "/api/v1/environments")).Problem(401);
        using var page = await browser.GetAsync("/portal", TestContext.Current.CancellationToken);
        Assert.StartsWith("/signin?", page.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Contains("/signin/challenge", await browser.GetStringAsync("/signin", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        (await PublicApi.Calls.CallAsync(server.Http, HttpMethod.Post, "/api/v1/environments", "{ \"version\": \"two\" }")).Problem(400, "Malformed", "version");
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
