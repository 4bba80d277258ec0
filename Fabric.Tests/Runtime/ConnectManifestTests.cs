using Fabric.Tests.PublicApi;
using Fabric.Tests.Storage;
using Fabric.Web.Hosting;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fabric.Tests.Runtime;

/// <summary>A manifest with an address that no agent would dial is not made.</summary>
[Collection("api")]
public sealed class ConnectManifestTests(ApiHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://[::]:8080", null, true)]
    [InlineData("http://*:8080", null, true)]
    [InlineData("http://localhost:5080", null, false)]
    [InlineData("http://[::]:8080", "https://fabric.example.com", false)]
    public async Task A_server_that_listens_everywhere_must_say_where_agents_find_it(string listens, string? serverUrl, bool refused)
    {
        var environment = Rows.Environment(host.Name("own"), "sample") with { Cloud = "kubernetes", ActiveRunId = null, NextLookAt = null };
        await host.Storage.Environments.CreateAsync(environment, new JournalBatch().Add(environment), Cancel);
        using var server = new Listening(listens);
        var manifests = new ConnectManifests(Options.Create(new AgentOptions { ServerUrl = serverUrl }), new ServerAddress(server));
        var admin = ActivatorUtilities.CreateInstance<AgentAdmin>(host.Services, manifests);
        var made = await admin.EnrollAsync(new Actor("olivia", "Olivia", ActorKind.Person, "sample", Role.Owner), environment.Id, Cancel);
        Assert.Equal(!refused, made.Succeeded);
        if (refused)
            Assert.StartsWith("Fabric:Agents:ServerUrl", Assert.Single(made.Faults).Message, StringComparison.Ordinal);
        else
            Assert.Contains(serverUrl ?? listens, made.Value.ClusterManifest, StringComparison.Ordinal);
    }

    private sealed class Listening : IServer
    {
        public Listening(string address)
        {
            var addresses = new ServerAddressesFeature();
            addresses.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(addresses);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
