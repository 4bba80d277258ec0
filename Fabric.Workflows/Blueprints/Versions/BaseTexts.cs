using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Blueprints.Versions;

/// <summary>
/// What a derived blueprint is compiled with: the newest usable published text of each base. A base's draft is somebody's work under way
/// and goes into nobody else's blueprint; only a base that was never published is read from its draft, so that both can be drawn.
/// </summary>
public sealed class BaseTexts
{
    private readonly Dictionary<string, (string Text, int Version)> texts;
    private readonly List<BaseVersion> used = [];

    private BaseTexts(Dictionary<string, (string Text, int Version)> texts) => this.texts = texts;

    /// <summary>The bases that were asked for, nearest first.</summary>
    public IReadOnlyList<BaseVersion> Used => used;

    /// <summary>Name to text of every blueprint.</summary>
    public IReadOnlyDictionary<string, string> Texts => texts.ToDictionary(pair => pair.Key, pair => pair.Value.Text, StringComparer.Ordinal);

    /// <summary>Reads the directory.</summary>
    public static async Task<BaseTexts> ReadAsync(DirectoryStore directory, CancellationToken ct)
    {
        await using var db = directory.Open(TenantScope.All);
        var texts = await db.Blueprints.ToDictionaryAsync(draft => draft.Name, draft => (draft.Draft, 0), StringComparer.Ordinal, ct);
        // Of one whose versions are all retired the last one is meant, never the draft; what derives from it can be drawn and not published.
        foreach (var version in await db.BlueprintVersions.Where(version => !db.BlueprintVersions.Any(other => other.Name == version.Name && other.Version > version.Version))
            .Select(version => new { version.Name, version.Version, version.Yaml }).ToListAsync(ct))
            texts[version.Name] = (version.Yaml, version.Version);
        foreach (var version in await db.BlueprintVersions.Newest().Select(version => new { version.Name, version.Version, version.Yaml }).ToListAsync(ct))
            texts[version.Name] = (version.Yaml, version.Version);
        return new BaseTexts(texts);
    }

    /// <summary>The text of a base; null when there is no such blueprint.</summary>
    public string? Find(string name)
    {
        if (!texts.TryGetValue(name, out var found))
            return null;
        if (used.TrueForAll(known => known.Name != name))
            used.Add(new BaseVersion(name, found.Version));
        return found.Text;
    }
}
