using Fabric.Workflows.Executors.Terraform.Process;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>Removes directories that a server left behind between writing them and opening their lease, or between ending it and removing them: values of variables stand in them in clear.</summary>
internal sealed class Sweep(LeaseBook leases, ProcessHost processes)
{
    /// <summary>Looks through a cell's workspaces once, before the first work of a server.</summary>
    /// <param name="root">Folder with a folder for each workspace.</param>
    public async Task RunAsync(string root)
    {
        if (!Directory.Exists(root))
            return;
        var known = (await leases.OpenAsync(CancellationToken.None)).Select(lease => lease.Directory).ToHashSet(StringComparer.Ordinal);
        var left = Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateDirectories)
            .Where(path => !known.Contains(path) && Guid.TryParseExact(Path.GetFileName(path), "N", out _)).Select(path => new WorkDirectory(path));
        foreach (var directory in left.Where(directory => !processes.IsAlive(directory)).ToList())
            directory.Remove();
    }
}
