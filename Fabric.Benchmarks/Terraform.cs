using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Fabric.Benchmarks;

/// <summary>The same graph in <c>terraform_data</c> resources, which do nothing outside Terraform's own state.</summary>
internal static class Terraform
{
    /// <summary>Whether <c>terraform</c> is on the PATH.</summary>
    public static bool IsInstalled()
    {
        try
        {
            using var process = Process.Start(Command("version", "."))!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Time of <c>apply</c>; <c>init</c> is not counted.</summary>
    public static async Task<TimeSpan> ApplyAsync(string folder, IEnumerable<(string Node, string[] After)> nodes)
    {
        var text = new StringBuilder();
        foreach (var (node, after) in nodes)
            text.Append("resource \"terraform_data\" \"").Append(node).Append("\" {\n  input = [").AppendJoin(", ", after.Select(name => $"terraform_data.{name}.id")).Append("]\n}\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "main.tf"), text.ToString());
        await RunAsync("init -no-color -input=false", folder);
        var started = Stopwatch.GetTimestamp();
        await RunAsync("apply -auto-approve -no-color -input=false", folder);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task RunAsync(string arguments, string folder)
    {
        using var process = Process.Start(Command(arguments, folder))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"terraform {arguments} ended with {process.ExitCode}: {await error}");
    }

    private static ProcessStartInfo Command(string arguments, string folder) =>
        new("terraform", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
}
