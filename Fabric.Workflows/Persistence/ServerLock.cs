using System.Globalization;

namespace Fabric.Workflows.Persistence;

/// <summary>
/// One server per folder of SQLite databases. The operating system holds the lock, so it ends with the process however that ends;
/// the file beside it only tells who it was.
/// </summary>
public sealed class ServerLock : IDisposable
{
    private readonly FileStream held;

    private ServerLock(FileStream held) => this.held = held;

    /// <summary>Takes the lock of <paramref name="folder"/>, which is made when missing.</summary>
    /// <exception cref="ServerLockedException">Another server holds it; the message names the folder and the process.</exception>
    public static ServerLock Take(string folder)
    {
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var note = Path.Combine(folder, "server.pid");
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folder, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            throw new ServerLockedException(folder, File.Exists(note) ? File.ReadAllText(note).Trim() : null, e);
        }

        File.WriteAllText(note, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new ServerLock(held);
    }

    /// <summary>Gives the folder free.</summary>
    public void Dispose() => held.Dispose();
}

/// <summary>Another server uses the folder.</summary>
public sealed class ServerLockedException(string folder, string? process, Exception inner) : Exception(
    $"Another Fabric server{(process is null ? "" : $" (process {process})")} uses the databases in {folder}. Stop it, or give this one another folder as {StorageOptions.DataKey}.", inner);
