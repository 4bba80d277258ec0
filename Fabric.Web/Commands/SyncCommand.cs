using Fabric.Web.Hosting;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Sync;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.Commands;

/// <summary><c>Fabric.Web sync PATH</c>: brings a folder of blueprints in, and says what became of each file.</summary>
internal static class SyncCommand
{
    private const int Well = 0;
    private const int Partly = 1;
    private const int Nothing = 2;

    /// <summary>Runs the command.</summary>
    /// <param name="args">What stands behind <c>sync</c>.</param>
    /// <param name="output">The report.</param>
    /// <param name="error">Why nothing could be done.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args is ["--help" or "-h", ..])
        {
            await output.WriteLineAsync(SyncOptions.Usage);
            return Well;
        }

        var parsed = SyncOptions.Parse(args, Environment.GetEnvironmentVariable(SyncOptions.TokenVariable));
        if (!parsed.Succeeded)
            return await FailAsync(error, $"{parsed.Faults[0].Message}\n\n{SyncOptions.Usage}");
        var options = parsed.Value;
        try
        {
            if (!Directory.Exists(options.Folder))
                return await FailAsync(error, $"There is no folder {Path.GetFullPath(options.Folder)}.");
            var files = SyncFolder.Read(options.Folder);
            if (files.Count == 0)
                return await FailAsync(error, $"There is no blueprint in {Path.GetFullPath(options.Folder)}: no *.yaml of kind Blueprint.");
            var lines = options.Server is null ? await HereAsync(files, options) : await ThereAsync(files, options);
            await SyncText.WriteAsync(output, lines, options.Wish);
            return lines.Any(line => line.Result is SyncResult.Refused || line.Faults.Count > 0) ? Partly : Well;
        }
        catch (ServerLockedException e)
        {
            return await FailAsync(error, $"{e.Message} Or go through the running server: --server http://localhost:5080 --token …");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or DirectoryUnreachableException or InvalidOperationException or TaskCanceledException)
        {
            return await FailAsync(error, e.Message);
        }
    }

    private static async Task<IReadOnlyList<SyncLine>> HereAsync(IReadOnlyList<SyncFile> files, SyncOptions options)
    {
        var builder = WebApplication.CreateBuilder(options.Settings);
        builder.UseRootSettings(options.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await builder.AddStorageAsync();
        await using var app = builder.Build();
        // Holds the lock; the container ends it with the rest.
        _ = app.Services.GetRequiredService<FabricStorage>();
        var library = app.Services.GetRequiredService<BlueprintLibrary>();
        if (!options.Wish.DryRun)
            await library.PublishFolderAsync(BlueprintFolder.BuiltIn, CancellationToken.None);
        return await new BlueprintSync(new LibraryTarget(library)).RunAsync(files, options.Wish, CancellationToken.None);
    }

    private static async Task<IReadOnlyList<SyncLine>> ThereAsync(IReadOnlyList<SyncFile> files, SyncOptions options)
    {
        using var http = new HttpClient { BaseAddress = options.Server, Timeout = TimeSpan.FromSeconds(100) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", options.Token);
        return await new BlueprintSync(new ServerTarget(http)).RunAsync(files, options.Wish, CancellationToken.None);
    }

    private static async Task<int> FailAsync(TextWriter error, string sentence)
    {
        await error.WriteLineAsync(sentence);
        return Nothing;
    }
}
