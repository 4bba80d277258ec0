using System.Diagnostics;

namespace Fabric.Tests.Support;

/// <summary>Folders of tests.</summary>
internal static class Folders
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Takes a folder away. What still ends in the background may be taking something of it away, or writing a last file.</summary>
    public static async Task DeleteAsync(DirectoryInfo folder)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (Directory.Exists(folder.FullName))
                    Directory.Delete(folder.FullName, recursive: true);
                return;
            }
            catch (IOException) when (watch.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }
}
