using System.Text;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Blueprints.Sync;

/// <summary>Reads a folder of blueprints, a Git work tree for instance. Links are not followed, and what begins with a dot is not looked at.</summary>
public static class SyncFolder
{
    /// <summary>Largest file that is taken, bytes.</summary>
    public const int LargestFile = 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The blueprints in the folder, by path. Other YAML, entity types for instance, is left out.</summary>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static IReadOnlyList<SyncFile> Read(string folder)
    {
        var files = Paths(new DirectoryInfo(folder)).Select(file => Read(folder, file)).OfType<SyncFile>().OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        var twice = files.Where(file => file.Refusal is null).GroupBy(file => file.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .ToDictionary(group => group.Key, group => string.Join(" and ", group.Select(file => file.Path)), StringComparer.Ordinal);
        return [.. files.Select(file => file.Refusal is null && twice.TryGetValue(file.Name, out var paths) ? file with { Refusal = $"{paths} are both named {file.Name}. Rename one of them." } : file)];
    }

    private static IEnumerable<FileInfo> Paths(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry.Name[0] == '.' || entry.LinkTarget is not null)
                continue;
            if (entry is DirectoryInfo inner)
            {
                foreach (var file in Paths(inner))
                    yield return file;
            }
            else if (entry is FileInfo file && file.Extension is ".yaml" or ".yml")
            {
                yield return (FileInfo)entry;
            }
        }
    }

    private static SyncFile? Read(string folder, FileInfo file)
    {
        var path = Path.GetRelativePath(folder, file.FullName).Replace('\\', '/');
        if (file.Length > LargestFile)
            return new SyncFile(path, "", "", $"It has {file.Length / 1024} KiB; at most {LargestFile / 1024} KiB are taken.");
        string text;
        try
        {
            text = Utf8.GetString(File.ReadAllBytes(file.FullName));
        }
        catch (DecoderFallbackException e)
        {
            return new SyncFile(path, "", "", $"It is not UTF-8: look at byte {e.Index + 1}.");
        }

        var parsed = BlueprintText.Parse(text, path);
        if (parsed.Text is not { } blueprint)
            return new SyncFile(path, "", text, parsed.Faults[0].ToString());
        if (blueprint.Json["kind"]?.ToString() != "Blueprint")
            return null;
        var name = blueprint.At("metadata", "name")?.ToString() ?? "";
        return Tenancy.Slug.IsValid(name) ? new SyncFile(path, name, text, null) : new SyncFile(path, name, text, $"Its metadata.name is '{name}', which is no blueprint name: {Tenancy.Slug.Rule}.");
    }
}
