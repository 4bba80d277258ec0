namespace Fabric.Workflows.Executors.Terraform;

/// <summary>The machine this server runs on, and its start: no process outlives the two together.</summary>
internal static class ThisMachine
{
    /// <summary>Machine and start, as leases carry them.</summary>
    public static string Id { get; } = $"{FirstLine("/etc/machine-id") ?? Environment.MachineName}/{FirstLine("/proc/sys/kernel/random/boot_id") ?? "unknown"}";

    /// <summary>Whether a lease was given on this machine before its last start.</summary>
    public static bool IsBeforeRestart(Lease lease)
    {
        var (then, now) = (lease.Machine.Split('/'), Id.Split('/'));
        return then[0] == now[0] && then[1] != now[1] && now[1] != "unknown";
    }

    private static string? FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault(line => line.Length > 0)?.Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
