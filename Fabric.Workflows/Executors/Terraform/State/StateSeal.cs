using System.IO.Compression;
using System.Text;
using Fabric.Workflows.Persistence;

namespace Fabric.Workflows.Executors.Terraform.State;

/// <summary>How states and workspaces stand in the database: compressed, then sealed by the cell.</summary>
internal static class StateSeal
{
    public static byte[] Seal(Cell cell, string what, ReadOnlySpan<byte> plain)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(plain);
        return cell.Keys.Seal(packed.GetBuffer().AsSpan(0, (int)packed.Length), Encoding.UTF8.GetBytes(what));
    }

    public static byte[] Open(Cell cell, string what, byte[] sealedBytes)
    {
        using var packed = new MemoryStream(cell.Keys.Unseal(sealedBytes, Encoding.UTF8.GetBytes(what)));
        using var zip = new GZipStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zip.CopyTo(plain);
        return plain.ToArray();
    }
}
