using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fabric.Tests.Rules;

/// <summary>The source the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>Files that git tracks or would track, with forward slashes, relative to the root.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Git("ls-files --cached --others --exclude-standard").Where(file => File.Exists(Path.Combine(Root, file)))];

    /// <summary>C# and Razor files, generated migrations left out.</summary>
    public static IEnumerable<string> Source => Files.Where(file =>
        Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains("/Migrations/", StringComparison.Ordinal));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string[] Git(string arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
