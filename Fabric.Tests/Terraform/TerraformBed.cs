using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Fabric.Web.TerraformApi;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Catalog.Modules;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fabric.Tests.Terraform;

/// <summary>The engine with the real Terraform on it, and the state service on loopback: no host, no grains.</summary>
public sealed class TerraformBed : IAsyncDisposable
{
    // A Terraform with a real provider takes its time on a machine that has much to do.
    private static readonly RetryRules Patient = EngineBed.FastRules with { StepTimeout = TimeSpan.FromMinutes(10) };
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-terraform");

    /// <summary>Where workspaces stand.</summary>
    public string Folder => folder.FullName;
    private readonly WebApplication server;
    private Workshop? shop;

    private TerraformBed(WebApplication server) => this.server = server;

    public EngineBed Bed { get; private set; } = null!;

    public Workshop Shop => shop!;

    /// <summary>While set, the state service answers nobody.</summary>
    public bool IsAway { get; set; }

    /// <summary>How many questions it left without an answer.</summary>
    public int Refused { get; private set; }

    /// <summary>Where the states are.</summary>
    public Uri Address => new(server.Urls.First());

    public static async Task<TerraformBed> OpenAsync(CancellationToken ct, TerraformOptions? options = null, ICloudAccess? clouds = null, RetryRules? rules = null)
    {
        options ??= new TerraformOptions();
        var program = await Workflows.Executors.Terraform.Process.TerraformProgram.FindAsync(options, ct);
        Assert.SkipUnless(program.Succeeded, program.Succeeded ? "" : program.Faults[0].Message);
        TerraformBed? bed = null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddSingleton<WorkshopLookup>(cell => cell == "local" ? bed!.shop : null);
        var server = builder.Build();
        server.Use((context, next) =>
        {
            if (bed is not { IsAway: true })
                return next(context);
            bed.Refused++;
            context.Abort();
            return Task.CompletedTask;
        });
        server.UseRouting();
        server.MapTerraformApi();
        await server.StartAsync(ct);
        bed = new TerraformBed(server);
        bed.Bed = await EngineBed.OpenAsync(rules ?? Patient, null, cell =>
        {
            bed.shop = new Workshop(cell, options, Path.Combine(bed.folder.FullName, "work"), id => $"{server.Urls.First()}/terraform/v1/local/{id:D}", new Places(options, TimeProvider.System), clouds ?? new NoAccounts(), TimeProvider.System);
            return [new TerraformExecutor(bed.shop)];
        });
        return bed;
    }

    /// <summary>An entity type whose one module is made of these files.</summary>
    public static EntityType Type(string name, JsonObject config, JsonObject outputs, params (string Path, string Text)[] files)
    {
        var faults = new FaultList();
        var module = ModuleReader.Read([.. files.Select(file => new ModuleFile(file.Path, file.Text))], new Workflows.Blueprints.Yaml.YamlScalar(name, 1, 1, 0, 0, "aws", Plain: true), faults);
        Assert.NotNull(module);
        return new EntityType
        {
            Name = name,
            Version = "1.0.0",
            Hash = ContentHash.Of(string.Concat(files.Select(file => file.Path + file.Text))),
            Config = config,
            Outputs = outputs,
            Implementations = [new Implementation { On = "aws", Terraform = "aws", Module = module }],
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Bed.DisposeAsync();
        await server.DisposeAsync();
        await Folders.DeleteAsync(folder);
    }
}
