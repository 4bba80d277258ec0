using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;

namespace Fabric.Web.Hosting;

/// <summary>Settings, storage, catalog: what stands before anything else starts.</summary>
internal static class FabricHosting
{
    /// <summary>Key of folders with entity types and blueprints beside the built-in ones.</summary>
    public const string CatalogKey = "Fabric:Catalog";

    /// <summary>Finds the one settings file wherever the server is started from: the working directory, or the folders above the program.</summary>
    public static void UseRootSettings(this WebApplicationBuilder builder, string[] args)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "appsettings.json")) || !IsRoot(folder))
                continue;
            builder.Configuration.AddJsonFile(Path.Combine(folder.FullName, "appsettings.json"), optional: false);
            if (string.IsNullOrEmpty(builder.Configuration[StorageOptions.DataKey]) || !Path.IsPathRooted(builder.Configuration[StorageOptions.DataKey]))
                builder.Configuration.AddInMemoryCollection([new(StorageOptions.DataKey, Path.Combine(folder.FullName, builder.Configuration[StorageOptions.DataKey] ?? "data"))]);
            break;
        }

        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddCommandLine(args);
    }

    /// <summary>Opens storage and catalog. Every fault is a sentence on standard error, and the server does not start.</summary>
    public static async Task AddStorageAsync(this WebApplicationBuilder builder)
    {
        var options = StorageOptions.From(builder.Configuration);
        Directory.CreateDirectory(options.Data);
        var master = MasterKeySource.Load(builder.Configuration, options.Data, builder.Environment.IsDevelopment());
        using var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole());
        var storage = await FabricStorage.OpenAsync(options, master, TimeProvider.System, loggers);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(master);
        builder.Services.AddSingleton(_ => storage);
        builder.Services.AddSingleton(_ => SandboxWorld.Open(Path.Combine(options.Data, "sandbox.db")));
        builder.Services.AddSingleton<ServerAddress>();
        var folders = builder.Configuration.GetSection(CatalogKey).Get<string[]>() ?? [];
        var catalog = EntityCatalog.Load([EntityCatalog.BuiltInFolder, .. folders]);
        foreach (var fault in catalog.Faults)
            await Console.Error.WriteLineAsync($"Catalog: {fault}");
        builder.Services.AddSingleton(catalog.Catalog);
        builder.Services.AddSingleton(services => new BlueprintLibrary(storage.Directory, catalog.Catalog, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService<Seeding>();
    }

    private static bool IsRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Fabric.sln")) || folder.FullName.TrimEnd(Path.DirectorySeparatorChar) == AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
}
