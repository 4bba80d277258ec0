using Fabric.Web.TerraformApi;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fabric.Benchmarks;

/// <summary>Fabric's state service on loopback, and beside it the plainest backend there can be: a state in memory.</summary>
internal sealed class StateServer : IAsyncDisposable
{
    private readonly WebApplication server;
    private Workshop? shop;
    private byte[]? state;

    private StateServer(WebApplication server) => this.server = server;

    /// <summary>Address of the plain backend.</summary>
    public string Plain => $"{server.Urls.First()}/plain";

    public static async Task<StateServer> StartAsync()
    {
        StateServer? started = null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddSingleton<WorkshopLookup>(_ => started!.shop);
        var server = builder.Build();
        server.UseRouting();
        server.MapTerraformApi();
        server.MapMethods("/plain", ["GET", "POST", "LOCK", "UNLOCK"], (RequestDelegate)(http => started!.AnswerAsync(http)));
        await server.StartAsync();
        return started = new StateServer(server);
    }

    /// <summary>The executor of a cell, which keeps its states here.</summary>
    public IExecutor ExecutorOf(Cell cell, string root, TerraformOptions options)
    {
        shop = new Workshop(cell, options, root, id => $"{server.Urls.First()}/terraform/v1/local/{id:D}", new Places(options, TimeProvider.System), new NoAccount(), TimeProvider.System);
        return new TerraformExecutor(shop);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Method == HttpMethods.Post)
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            state = body.ToArray();
        }
        else if (http.Request.Method == HttpMethods.Get)
        {
            http.Response.StatusCode = state is null ? StatusCodes.Status204NoContent : StatusCodes.Status200OK;
            if (state is not null)
                await http.Response.Body.WriteAsync(state, http.RequestAborted);
        }
    }

    private sealed class NoAccount : ICloudAccess
    {
        private static readonly OperationFault Nobody = new(FaultKind.NotFound, "NoAccount", "No account is connected.");

        public Task<Outcome<CloudSession>> OpenAsync(FabricEnvironment environment, string purpose, CancellationToken cancellationToken) => Task.FromResult<Outcome<CloudSession>>(Nobody);

        public Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(FabricEnvironment environment, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
            Task.FromResult<Outcome<IReadOnlyList<CloudResource>>>(Nobody);

        public Task<Outcome<bool>> RemoveAsync(FabricEnvironment environment, CloudResource resource, CancellationToken cancellationToken) => Task.FromResult<Outcome<bool>>(Nobody);

        public Task<Outcome<IReadOnlyList<CloudResource>>> InNetworkAsync(FabricEnvironment environment, string networkId, CancellationToken cancellationToken) =>
            Task.FromResult<Outcome<IReadOnlyList<CloudResource>>>(Nobody);
    }
}
