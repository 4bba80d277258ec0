using System.Text;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Yaml;
using Fabric.Workflows.Catalog.Modules;

namespace Fabric.Workflows.Catalog;

/// <summary>A type's folder on disk: <c>entity.yaml</c> and what belongs to it.</summary>
internal sealed class EntityFolder(string folder, FaultList faults)
{
    public const string FileName = "entity.yaml";

    /// <summary>Faults name files from here on, so that they read the same on every machine.</summary>
    public string Name { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));

    public static IEnumerable<(EntityType Type, string File)> ReadAll(IEnumerable<string> folders, FaultList faults)
    {
        foreach (var root in folders)
        {
            if (!Directory.Exists(root))
            {
                faults.Add(new Fault(FaultCodes.MissingFile, root, 0, 0, $"The catalog folder '{root}' does not exist; create it or correct the setting."));
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(root, FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var folder = new EntityFolder(Path.GetDirectoryName(file)!, faults);
                if (folder.Read() is { } type) yield return (type, $"{folder.Name}/{FileName}");
            }
        }
    }

    /// <summary>The files matching <c>folder/*.yaml</c> or a plain path, below this folder only, in order of their names.</summary>
    public IReadOnlyList<ManifestFile> Manifests(YamlScalar pattern)
    {
        var relative = pattern.Value.Replace('\\', '/');
        var below = Path.GetDirectoryName(relative) ?? "";
        var directory = Path.GetFullPath(Path.Combine(folder, below));
        var inside = (directory + Path.DirectorySeparatorChar).StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (!inside || Path.IsPathRooted(relative))
        {
            faults.Add(FaultCodes.MissingFile, pattern, $"'{relative}' is outside the type's own folder; keep its files below it.");
            return [];
        }

        var files = Directory.Exists(directory) ? Directory.GetFiles(directory, Path.GetFileName(relative)) : [];
        if (files.Length == 0) faults.Add(FaultCodes.MissingFile, pattern, $"No file matches '{relative}' in the folder of this type.");
        return [.. files.Order(StringComparer.Ordinal).Select(f => new ManifestFile(Relative(f), File.ReadAllText(f)))];
    }

    /// <summary>Every file of a Terraform module below this folder, in order of their names; null when there is no such folder.</summary>
    public IReadOnlyList<ModuleFile>? Module(string relative)
    {
        var root = Path.Combine(folder, relative);
        if (!Directory.Exists(root)) return null;
        return
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => (File: f, Path: Path.GetRelativePath(root, f).Replace('\\', '/')))
                .Where(f => !IsLeftOver(f.Path)).OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => new ModuleFile(f.Path, File.ReadAllText(f.File))),
        ];
    }

    private EntityType? Read()
    {
        var before = faults.Count;
        try
        {
            if (new FileInfo(Path.Combine(folder, FileName)).Length > 4L * YamlReader.MaxCharacters)
                faults.Add(new Fault(FaultCodes.TooLarge, $"{Name}/{FileName}", 1, 1, $"The file is larger than the {YamlReader.MaxCharacters} characters that are read."));
            else if (YamlReader.Read(File.ReadAllText(Path.Combine(folder, FileName)), $"{Name}/{FileName}", faults) is { } root
                && new EntityReader(this, faults).Read(root, Hash()) is { } type && faults.Count == before) return type;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(new Fault(FaultCodes.MissingFile, $"{Name}/{FileName}", 0, 0, $"The folder could not be read: {e.Message}"));
        }

        return null;
    }

    /// <summary>What somebody's own trial of the module leaves beside it is no part of it.</summary>
    private static bool IsLeftOver(string path) =>
        path.Split('/').Contains(".terraform") || path.Contains("terraform.tfstate", StringComparison.Ordinal) || path.EndsWith(".tfvars", StringComparison.Ordinal);

    private string Hash()
    {
        var content = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => BelongsHere(f) && !IsLeftOver(Relative(f))).OrderBy(Relative, StringComparer.Ordinal))
            content.Append(Relative(file)).Append(' ').Append(ContentHash.Of(File.ReadAllText(file))).Append('\n');
        return ContentHash.Of(content.ToString());
    }

    // A folder inside with an entity.yaml of its own is another type or version.
    private bool BelongsHere(string file)
    {
        for (var at = Path.GetDirectoryName(file); at is not null && at.Length > folder.Length; at = Path.GetDirectoryName(at))
            if (File.Exists(Path.Combine(at, FileName))) return false;
        return true;
    }

    private string Relative(string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');
}
