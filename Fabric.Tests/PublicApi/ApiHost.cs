using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Fabric.Web.Live;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Tests.PublicApi;

/// <summary>The server's own program in this process, on a real port of loopback, with a clock that a test can move on.</summary>
public class ApiHost : IAsyncLifetime
{
    public const string Other = "other";

    /// <summary>The second cell; environments that name none live in the first.</summary>
    public const string Far = "far";

    private readonly string data = Directory.CreateTempSubdirectory("fabric-api").FullName;
    private readonly Dictionary<(Role, string), HttpClient> clients = [];
    private readonly Factory factory;
    private readonly int port = Ports.Next();
    private int named;

    public ApiHost()
        : this([])
    {
    }

    /// <param name="settings">Settings beside those of every host.</param>
    protected ApiHost(params (string Key, string Value)[] settings) => factory = new Factory(data, Clock, settings);

    public AheadOfTime Clock { get; } = new();

    public FabricStorage Storage => Services.GetRequiredService<FabricStorage>();

    public IServiceProvider Services => factory.Services;

    public HttpClient Anonymous { get; private set; } = null!;

    public HttpClient Owner => As(Role.Owner);

    public HttpClient Admin => As(Role.Admin, Actor.VendorTenant);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        factory.UseKestrel(port);
        factory.StartServer();
        Anonymous = Client();
        await Storage.Directory.WriteAsync(
            db =>
            {
                db.Add(new TenantRecord { Slug = Other, Title = "Other", CreatedAt = Clock.GetUtcNow() });
                return Task.CompletedTask;
            },
            []);
        foreach (var role in Enum.GetValues<Role>())
            clients[(role, role.IsVendor() ? Actor.VendorTenant : "sample")] = await ClientAsync(role, role.IsVendor() ? Actor.VendorTenant : "sample");
        clients[(Role.Owner, Other)] = await ClientAsync(Role.Owner, Other);
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var client in clients.Values.Append(Anonymous))
            client.Dispose();
        await factory.DisposeAsync();
        Directory.Delete(data, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A client with a token of that role.</summary>
    public HttpClient As(Role role, string tenant = "sample") => clients[(role, tenant)];

    public string Name(string prefix) => $"{prefix}-{Interlocked.Increment(ref named)}";

    /// <summary>A token made by a person of that role.</summary>
    public async Task<MadeToken> TokenAsync(Role role, string tenant, DateTimeOffset? expires = null, params string[] scopes)
    {
        var person = new Actor($"{role}@{tenant}", role.ToString(), ActorKind.Person, tenant, role.IsVendor() ? Role.Admin : Role.Owner);
        var made = await Services.GetRequiredService<TokenStore>().CreateAsync(person, new NewToken($"{role} of {tenant}", role.ToString(), expires ?? Clock.GetUtcNow().AddDays(300), scopes), Stop);
        return made.Value;
    }

    public async Task<HttpClient> ClientAsync(Role role, string tenant, params string[] scopes) => With((await TokenAsync(role, tenant, null, scopes)).Secret);

    /// <summary>Identifier of the actor behind a client's token.</summary>
    public async Task<string> IdAsync(HttpClient client) =>
        (await Services.GetRequiredService<TokenStore>().FindAsync(client.DefaultRequestHeaders.Authorization!.Parameter!, Stop))!.Id.ToString();

    public HttpClient With(string token)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public static JsonObject Wish(string name, string tenant = "sample") => new()
    {
        ["tenant"] = tenant, ["name"] = name, ["blueprint"] = "pinot-byoc", ["cloud"] = "sandbox", ["region"] = "local", ["parameters"] = new JsonObject(),
    };

    /// <summary>A new environment of the sample tenant.</summary>
    public async Task<(Guid Id, Guid Run)> EnvironmentAsync()
    {
        var reply = await Owner.CallAsync(HttpMethod.Post, "/api/v1/environments", Wish(Name("env")));
        Assert.True(reply.Status == 201, reply.ToString());
        return (reply.Json["id"]!.GetValue<Guid>(), reply.Json["run"]!.GetValue<Guid>());
    }

    /// <summary>Cancels a run and waits until it is.</summary>
    public async Task CancelAsync(Guid run)
    {
        var reply = await Owner.CallAsync(HttpMethod.Post, $"/api/v1/runs/{run}/cancel", new JsonObject());
        Assert.True(reply.Status == 200, reply.ToString());
        await Owner.UntilAsync($"/api/v1/runs/{run}", answer => (string?)answer["state"] == "Cancelled", "the run to be cancelled");
    }

    private HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://localhost:{port}") };

    private sealed class Factory(string data, TimeProvider clock, (string Key, string Value)[] settings) : WebApplicationFactory<IDesk>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("Fabric:Data", data);
            builder.UseSetting("Fabric:Storage:Cells:1", Far);
            // A busy machine is no silent cell.
            builder.UseSetting("Fabric:Storage:AnswerSeconds", "60");
            builder.UseSetting("Fabric:Catalog:0", Path.Combine(AppContext.BaseDirectory, "Clouds", "catalog"));
            builder.UseSetting("Fabric:Clouds:Aws:Principal", "arn:aws:iam::999999999999:role/fabric");
            builder.UseSetting("Fabric:Orleans:SiloPort", Ports.Next().ToString(CultureInfo.InvariantCulture));
            builder.UseSetting("Fabric:Orleans:GatewayPort", Ports.Next().ToString(CultureInfo.InvariantCulture));
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
            foreach (var (key, value) in settings)
                builder.UseSetting(key, value);
            builder.ConfigureTestServices(services => services.AddSingleton(clock));
        }
    }
}

/// <summary>Real time, moved ahead as far as a test wants.</summary>
public sealed class AheadOfTime : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    public void Advance(TimeSpan by) => ahead += by;
}

[CollectionDefinition("api")]
public sealed class ApiCollection : ICollectionFixture<ApiHost>;
