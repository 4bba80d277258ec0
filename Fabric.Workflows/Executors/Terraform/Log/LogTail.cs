using System.Text;

namespace Fabric.Workflows.Executors.Terraform.Log;

/// <summary>Reads the log of a process from where it was left, whole lines only.</summary>
public static class LogTail
{
    private const int MostAtOnce = 1 << 20;

    /// <summary>Bytes of the log; 0 when there is none.</summary>
    public static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    /// <summary>The lines from a place on.</summary>
    /// <param name="file">The log.</param>
    /// <param name="from">Bytes to leave out.</param>
    /// <param name="toTheEnd">Whether a last line without an end is taken too: nobody will write on.</param>
    /// <returns>The lines, and the place behind them.</returns>
    public static (IReadOnlyList<string> Lines, long Next) Read(string file, long from, bool toTheEnd)
    {
        if (!File.Exists(file))
            return ([], from);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length <= from)
            return ([], from);
        stream.Position = from;
        var bytes = new byte[Math.Min(stream.Length - from, MostAtOnce)];
        stream.ReadExactly(bytes);
        var end = toTheEnd && from + bytes.Length == stream.Length ? bytes.Length : Array.LastIndexOf(bytes, (byte)'\n') + 1;
        // A line longer than is read at once is told in pieces rather than never.
        if (end == 0 && bytes.Length == MostAtOnce)
            end = bytes.Length;
        var text = Encoding.UTF8.GetString(bytes, 0, end);
        return ([.. text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)], from + end);
    }
}
