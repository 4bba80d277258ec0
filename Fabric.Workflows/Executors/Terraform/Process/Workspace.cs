using System.IO.Compression;
using System.Text;

namespace Fabric.Workflows.Executors.Terraform.Process;

/// <summary>The files Terraform works on: the module, what Fabric adds to it, and, once there is one, the plan.</summary>
/// <param name="Files">Contents by path below the workspace, with forward slashes.</param>
public sealed record Workspace(IReadOnlyDictionary<string, byte[]> Files)
{
    /// <summary>The plan file.</summary>
    public const string PlanFile = "plan.bin";

    /// <summary>Versions and checksums of the providers a plan was made with.</summary>
    public const string LockFile = ".terraform.lock.hcl";

    /// <summary>The same with one more file, or another in its place.</summary>
    public Workspace With(string path, byte[] content) => new(new Dictionary<string, byte[]>(Files, StringComparer.Ordinal) { [path] = content });

    /// <summary>The same without a file.</summary>
    public Workspace Without(string path) => new(Files.Where(file => file.Key != path).ToDictionary(StringComparer.Ordinal));

    /// <summary>The files as one archive.</summary>
    public byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in Files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                using var entry = zip.CreateEntry(path, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    /// <summary>The files of an archive that <see cref="Pack"/> made.</summary>
    public static Workspace Unpack(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            files[entry.FullName] = content.ToArray();
        }

        return new Workspace(files);
    }

    /// <summary>Text of a file.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
