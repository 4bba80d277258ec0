using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Executors.Terraform.Process;

/// <summary>The program that plans and applies, once it was found and its version read.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Version">Its version.</param>
public sealed record TerraformProgram(string Path, Version Version)
{
    /// <summary>The oldest version whose plans, logs and import blocks are as Fabric reads them.</summary>
    public static readonly Version Oldest = new(1, 6);

    /// <summary>Finds the program and asks its version.</summary>
    /// <returns>The program; or a fault that says what to install or to set.</returns>
    public static async Task<Outcome<TerraformProgram>> FindAsync(TerraformOptions options, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            return Missing("Terraform is run on Linux only: leases are proven by the kernel's file locks there.");
        foreach (var tool in new[] { "sh", "flock", "setsid" })
        {
            if (Locate(tool) is null)
                return Missing($"'{tool}' is not on the PATH of the server; it comes with util-linux and the system's shell.");
        }

        if (Locate(options.Program) is not { } path)
            return Missing($"'{options.Program}' is not on the PATH of the server. Install Terraform or OpenTofu {Oldest} or newer, or name it in {TerraformOptions.Section}:{nameof(TerraformOptions.Program)}.");
        if (await KnownVersionAsync(path, ct) is not { } version)
            return Missing($"'{path}' does not say its version; is it Terraform or OpenTofu?");
        return version < Oldest
            ? Missing($"'{path}' is version {version}; Fabric needs {Oldest} or newer.")
            : new TerraformProgram(path, version);
    }

    private static readonly ConcurrentDictionary<(string Path, DateTime Written, long Length), Version> Known = [];

    private static OperationFault Missing(string message) => new(FaultKind.Unavailable, Reasons.TerraformMissing, message);

    private static string? Locate(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
            return File.Exists(program) ? System.IO.Path.GetFullPath(program) : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>A program that is the same file as before has the version it had.</summary>
    private static async Task<Version?> KnownVersionAsync(string path, CancellationToken ct)
    {
        var file = new FileInfo(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path);
        var key = (file.FullName, file.LastWriteTimeUtc, file.Exists ? file.Length : 0);
        if (Known.TryGetValue(key, out var known))
            return known;
        if (await VersionAsync(path, ct) is { } version)
            return Known[key] = version;
        return null;
    }

    private static async Task<Version?> VersionAsync(string path, CancellationToken ct)
    {
        var start = new ProcessStartInfo(path, ["version", "-json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CHECKPOINT_DISABLE"] = "1";
        try
        {
            using var process = System.Diagnostics.Process.Start(start)!;
            var text = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            using var answer = JsonDocument.Parse(text);
            var version = answer.RootElement.GetProperty("terraform_version").GetString() ?? "";
            return Version.TryParse(version.Split('-')[0], out var parsed) ? parsed : null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
