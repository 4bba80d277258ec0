using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Drafts;
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

    private const string SettingsFile = "appsettings.json";

    /// <summary>Finds the one settings file wherever the server is started from: the working directory, or the folders above the program.</summary>
    public static void UseRootSettings(this WebApplicationBuilder builder, string[] args)
    {
        var root = Root();
        if (root is not null)
            builder.Configuration.AddJsonFile(Path.Combine(root, SettingsFile), optional: false);
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddCommandLine(args);
        // Last, so that it holds wherever the folder was named: a server started from elsewhere must find the same databases.
        if (root is not null)
            builder.Configuration.AddInMemoryCollection([new(StorageOptions.DataKey, Path.GetFullPath(Data(builder.Configuration), root))]);
    }

    /// <summary>Opens storage and catalog. Every fault is a sentence on standard error, and the server does not start.</summary>
    public static async Task AddStorageAsync(this WebApplicationBuilder builder)
    {
        var options = StorageOptions.From(builder.Configuration);
        Directory.CreateDirectory(options.Data);
        var master = MasterKeySource.Load(builder.Configuration, options.Data, builder.Environment.IsDevelopment());
        // Not ended here: storage logs as long as it lives, and opens cells again that were unreachable at start.
        var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole());
        var storage = await FabricStorage.OpenAsync(options, master, TimeProvider.System, loggers);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(master);
        builder.Services.AddSingleton(_ => storage);
        builder.Services.AddSingleton(_ => SandboxWorld.Open(Path.Combine(options.Data, "sandbox.db")));
        builder.Services.AddSingleton<ServerAddress>();
        var folders = builder.Configuration.GetSection(CatalogKey).Get<string[]>() ?? [];
        var catalog = EntityCatalog.Load(await KnownTypes.ReadAsync(storage), [EntityCatalog.BuiltInFolder, .. folders]);
        foreach (var fault in catalog.Faults)
            await Console.Error.WriteLineAsync($"Catalog: {fault}");
        builder.Services.AddSingleton(catalog.Catalog);
        builder.Services.AddSingleton(services => new BlueprintLibrary(storage.Directory, catalog.Catalog, services.GetRequiredService<DraftFeed>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<DraftFeed>();
        builder.Services.AddSingleton(services => new DraftBook(storage.Directory, services.GetRequiredService<DraftFeed>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService<Seeding>();
    }

    private static string Data(IConfiguration configuration) => configuration[StorageOptions.DataKey] is { Length: > 0 } data ? data : "data";

    private static string? Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SettingsFile)) && IsRoot(folder))
                return folder.FullName;
        }

        return null;
    }

    private static bool IsRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Fabric.sln")) || folder.FullName.TrimEnd(Path.DirectorySeparatorChar) == AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
}
