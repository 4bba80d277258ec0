using System.Security.Cryptography;
using System.Text;

namespace Fabric.Workflows.Executors.Terraform.Process;

/// <summary>The private directory of one lease: only the server's user (and the one Terraform runs as) can look into it.</summary>
public sealed class WorkDirectory(string path)
{
    private const string Prepared = ".terraform";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Full path.</summary>
    public string Path { get; } = path;

    /// <summary>Everything printed: Terraform's lines of JSON, and the plain ones of <c>init</c>.</summary>
    public string Log => File("out.log");

    /// <summary>Held by every process of the lease: free when, and only when, all of them have ended.</summary>
    public string LockFile => File("lease.lock");

    /// <summary>Exit code of the last command, once it has one.</summary>
    public string ExitFile => File("exit");

    /// <summary>Id of the process group, once it began.</summary>
    public string PidFile => File("pid");

    /// <summary>The plan for reading.</summary>
    public string PlanJson => File("plan.json");

    /// <summary>State that could not be written to its backend.</summary>
    public string ErroredState => File("errored.tfstate");

    /// <summary>
    /// Where its processes keep what is temporary: a short path of its own, for plugins listen on sockets there, and a socket's path is at
    /// most 107 characters long. Its name is as hard to guess as the directory's.
    /// </summary>
    public string Temporary => System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"fabric-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path)).AsSpan(0, 8))}");

    /// <summary>Whether it is there.</summary>
    public bool Exists => Directory.Exists(Path);

    /// <summary>A file of the workspace.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes it, with files only their owner can read.</summary>
    public void Create(Workspace workspace)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Terraform is run on Linux only.");
        // The way to it is open to whomever it is given to; what it leads to is not.
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        Directory.CreateDirectory(Path, OwnerOnly);
        Directory.CreateDirectory(File("home"), OwnerOnly);
        Directory.CreateDirectory(Temporary, OwnerOnly);
        foreach (var (name, content) in workspace.Files)
        {
            var target = File(name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!, OwnerOnly);
            using var file = new FileStream(target, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            file.Write(content);
        }
    }

    /// <summary>Puts by what <c>init</c> prepared, so that the plan's apply need not prepare the same again. It holds no secret, and whoever finds none prepares anew.</summary>
    /// <param name="inputs">Hash of what it was prepared for.</param>
    public void PutBy(string inputs)
    {
        if (!Directory.Exists(File(Prepared)))
            return;
        var place = PlaceOf(inputs);
        if (Directory.Exists(place))
            Directory.Delete(place, recursive: true);
        Directory.Move(File(Prepared), place);
    }

    /// <summary>Takes what was put by for the same inputs. It goes with whoever takes it.</summary>
    public void TakeUp(string inputs)
    {
        var place = PlaceOf(inputs);
        if (Directory.Exists(place))
            Directory.Move(place, File(Prepared));
        foreach (var other in Directory.EnumerateDirectories(System.IO.Path.GetDirectoryName(Path)!, "prepared-*"))
            Directory.Delete(other, recursive: true);
    }

    private string PlaceOf(string inputs) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, $"prepared-{inputs}");

    /// <summary>A file's bytes; null when it is not there.</summary>
    public byte[]? Read(string name) => System.IO.File.Exists(File(name)) ? System.IO.File.ReadAllBytes(File(name)) : null;

    /// <summary>Exit code of the last command; null while there is none.</summary>
    public int? ExitCode => System.IO.File.Exists(ExitFile) && int.TryParse(System.IO.File.ReadAllText(ExitFile), out var code) ? code : null;

    /// <summary>Removes it with all it holds.</summary>
    public void Remove()
    {
        foreach (var folder in new[] { Temporary, Path }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }
}
