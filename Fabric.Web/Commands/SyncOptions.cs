using Fabric.Workflows.Blueprints.Sync;
using Fabric.Workflows.Engine;

namespace Fabric.Web.Commands;

/// <summary>What <c>sync</c> was asked for.</summary>
/// <param name="Folder">The folder with the files.</param>
/// <param name="Wish">What to do beside bringing drafts in.</param>
/// <param name="Server">The server to go through; null for the databases of this machine.</param>
/// <param name="Token">An API token of that server.</param>
/// <param name="Settings">Arguments that are settings, such as <c>--Fabric:Data=folder</c>.</param>
internal sealed record SyncOptions(string Folder, SyncWish Wish, Uri? Server, string? Token, string[] Settings)
{
    /// <summary>Environment variable with a token, so that none stands in a list of processes.</summary>
    public const string TokenVariable = "FABRIC_TOKEN";

    public const string Usage = """
        Usage: Fabric.Web sync PATH [--publish "message"] [--dry-run] [--force] [--server URL [--token TOKEN]]

          PATH               a folder with blueprint files (*.yaml, *.yml), a Git work tree for instance
          --publish MESSAGE  publish what changed
          --dry-run          only say what would be done
          --force            overwrite drafts that hold somebody's unpublished edits
          --server URL       go through a running server instead of the databases here
          --token TOKEN      an API token of that server with the right to publish; or set FABRIC_TOKEN

        Ends with 0 when all is well, 1 when a file was refused or has faults, 2 when nothing could be done.
        """;

    /// <summary>Reads arguments; a fault says which one is wrong.</summary>
    public static Outcome<SyncOptions> Parse(string[] args, string? token)
    {
        var options = new SyncOptions("", new SyncWish(), null, token, []);
        var left = new Queue<string>(args);
        while (left.TryDequeue(out var argument))
        {
            var (name, given) = argument.StartsWith("--", StringComparison.Ordinal) && argument.Split('=', 2) is [var before, var after] ? (before, after) : (argument, null);
            string? Value() => given ?? (left.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal) ? left.Dequeue() : null);
            switch (name)
            {
                case "--dry-run": options = options with { Wish = options.Wish with { DryRun = true } }; break;
                case "--force": options = options with { Wish = options.Wish with { Force = true } }; break;
                case "--publish" when Value() is { } message && !string.IsNullOrWhiteSpace(message): options = options with { Wish = options.Wish with { Publish = message.Trim() } }; break;
                case "--publish": return Wrong("--publish needs a message: why these versions are made.");
                case "--token" when Value() is { Length: > 0 } secret: options = options with { Token = secret }; break;
                case "--server" when Uri.TryCreate(Value(), UriKind.Absolute, out var server) && server.Scheme is "http" or "https": options = options with { Server = server }; break;
                case "--server": return Wrong("--server needs the address of a server, such as https://fabric.example.com.");
                case "--token": return Wrong("--token needs a token.");
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && setting.Contains(':', StringComparison.Ordinal):
                    options = options with { Settings = [.. options.Settings, $"{name}={Value()}"] };
                    break;
                case var unknown when unknown.StartsWith('-'): return Wrong($"There is no option {unknown}.");
                case var path when options.Folder.Length == 0: options = options with { Folder = path }; break;
                default: return Wrong($"One folder at a time: {options.Folder} was named, and then {argument}.");
            }
        }

        return options.Folder.Length == 0 ? Wrong("Name the folder with the blueprints.")
            : options is { Server: not null, Token: null } ? Wrong($"A server wants a token: --token, or the environment variable {TokenVariable}.")
            : options;
    }

    private static OperationFault Wrong(string message) => new(FaultKind.Invalid, "BadArguments", message);
}
