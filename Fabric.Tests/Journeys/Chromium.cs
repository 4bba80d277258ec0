namespace Fabric.Tests.Journeys;

/// <summary>Where the browser is. None is ever downloaded.</summary>
internal static class Chromium
{
    /// <summary>Debian's, else what the PATH has; null when neither is there.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "chromium"))
        .Prepend("/usr/bin/chromium")
        .FirstOrDefault(File.Exists);
}
