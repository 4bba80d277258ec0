using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fabric.Workflows.Executors.Terraform.Process;

/// <summary>Starts the processes of leases, and tells whether they live. What it starts outlives the server.</summary>
public sealed class ProcessHost(TerraformOptions options, TimeProvider time)
{
    private static readonly string[] Inherited = ["PATH", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
    // A user's group need not be called as the user is.
    private const string AsUser = """u=$1; shift; exec setpriv --reuid "$u" --regid "$(id -g "$u")" --init-groups "$@" """;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);

    /// <summary>Whether Terraform runs as another user than the server.</summary>
    public bool RunsApart => options.User.Length > 0;

    /// <summary>Starts the script in a directory, in a session of its own, with an empty environment plus what is named.</summary>
    /// <param name="directory">Holds the script.</param>
    /// <param name="program">Terraform.</param>
    /// <param name="cache">The shared folder of providers.</param>
    /// <param name="variables">What this lease alone is given: token, credentials.</param>
    /// <exception cref="InvalidOperationException">The process could not be started.</exception>
    public void Start(WorkDirectory directory, string program, string cache, IReadOnlyDictionary<string, string> variables)
    {
        string[] command = [.. RunsApart ? (string[])["sh", "-c", AsUser, "sh", options.User] : [], "setsid", "sh", Script.FileName];
        if (RunsApart)
            GiveTo(options.User, cache, directory.Path, directory.Temporary);
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = directory.Path };
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        foreach (var (name, value) in Fixed(directory, program, cache).Concat(variables))
            start.Environment[name] = value;
        var process = System.Diagnostics.Process.Start(start) ?? throw new InvalidOperationException("The shell could not be started.");
        running[directory.Path] = ReapAsync(process, directory.Path);
    }

    /// <summary>Whether any process of the directory's lease lives. The kernel answers: the lock is free when the last of them has ended.</summary>
    public bool IsAlive(WorkDirectory directory)
    {
        if (running.TryGetValue(directory.Path, out var shell) && !shell.IsCompleted)
            return true;
        if (!File.Exists(directory.LockFile))
            return false;
        try
        {
            using var held = new FileStream(directory.LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Returns when the processes of the directory's lease have ended, or the time is over.</summary>
    /// <returns>Whether they have ended.</returns>
    public async Task<bool> WaitAsync(WorkDirectory directory, TimeSpan longest, CancellationToken ct)
    {
        var until = time.GetTimestamp();
        while (IsAlive(directory))
        {
            if (time.GetElapsedTime(until) >= longest)
                return false;
            if (IsOrphaned(directory))
                Kill(directory);
            var beat = Task.Delay(TimeSpan.FromMilliseconds(100), time, ct);
            await Task.WhenAny(running.GetValueOrDefault(directory.Path) is { IsCompleted: false } shell ? shell : beat, beat);
            ct.ThrowIfCancellationRequested();
        }

        return true;
    }

    /// <summary>Asks Terraform to stop at a safe point, as a person's Ctrl-C does.</summary>
    public void Interrupt(WorkDirectory directory) => Signal(directory, "INT");

    /// <summary>Ends the processes at once. Only for what changes nothing outside.</summary>
    public void Kill(WorkDirectory directory) => Signal(directory, "KILL");

    /// <summary>
    /// Whether what lives of a lease has lost its head: the shell has ended, and a provider that Terraform started goes on alone. It can write
    /// no state any more; it is given time for a request that is on its way.
    /// </summary>
    private bool IsOrphaned(WorkDirectory directory)
    {
        var over = File.Exists(directory.ExitFile)
            || (File.Exists(directory.PidFile) && int.TryParse(File.ReadAllText(directory.PidFile), out var shell) && !Directory.Exists($"/proc/{shell}"));
        return over && time.GetUtcNow() - File.GetLastWriteTimeUtc(File.Exists(directory.ExitFile) ? directory.ExitFile : directory.Log) > Grace;
    }

    private void Signal(WorkDirectory directory, string signal)
    {
        // The lock proves that the group lives, so the number is still its own.
        if (!File.Exists(directory.PidFile) || !IsAlive(directory) || !int.TryParse(File.ReadAllText(directory.PidFile), out var group) || !IsOf(directory, group))
            return;
        using var kill = System.Diagnostics.Process.Start(new ProcessStartInfo("sh", ["-c", $"kill -s {signal} -- -{group}"]) { RedirectStandardError = true });
        kill?.WaitForExit();
    }

    /// <summary>Whether a group has a process that works in the directory: what stands in the file is written by whoever works there, and is not believed alone.</summary>
    private static bool IsOf(WorkDirectory directory, int group) => group > 1 && Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(process), out _) && GroupOf(File.ReadAllText($"{process}/stat")) == group
                && new DirectoryInfo($"{process}/cwd").LinkTarget == directory.Path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is none of Fabric's.
            return false;
        }
    });

    /// <summary>The group in a process's line of numbers, whose name in brackets may hold anything.</summary>
    private static int GroupOf(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is [_, _, var group, ..] && int.TryParse(group, out var number) ? number : 0;

    private static void GiveTo(string user, params string[] folders)
    {
        using var chown = System.Diagnostics.Process.Start(new ProcessStartInfo("chown", ["-R", $"{user}:", .. folders]) { RedirectStandardError = true });
        chown!.WaitForExit();
        if (chown.ExitCode != 0)
            throw new InvalidOperationException($"The workspace could not be given to the user '{user}'; does it exist, and does the server run as root?");
    }

    private static Dictionary<string, string> Fixed(WorkDirectory directory, string program, string cache) => new(StringComparer.Ordinal)
    {
        ["HOME"] = directory.File("home"),
        ["TMPDIR"] = directory.Temporary,
        ["TF_IN_AUTOMATION"] = "1",
        ["TF_INPUT"] = "0",
        ["CHECKPOINT_DISABLE"] = "1",
        ["TF_CLI_CONFIG_FILE"] = directory.File(CliConfig.FileName),
        ["TF_PLUGIN_CACHE_DIR"] = cache,
        ["FABRIC_TERRAFORM"] = program,
    };

    private async Task ReapAsync(System.Diagnostics.Process process, string path)
    {
        using (process)
            await process.WaitForExitAsync();
        running.TryRemove(path, out _);
    }
}
