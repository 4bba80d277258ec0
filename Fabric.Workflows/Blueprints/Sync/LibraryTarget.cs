using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Blueprints.Sync;

/// <summary>The databases of this machine, while no server has them open.</summary>
public sealed class LibraryTarget(BlueprintLibrary library) : ISyncTarget
{
    private readonly BlueprintCompiler compiler = new(library.Catalog);

    /// <summary>Who the changes are made by.</summary>
    public static Actor Actor { get; } = new("sync", "Fabric sync", ActorKind.System, Actor.VendorTenant, Role.Admin);

    /// <inheritdoc/>
    public async Task<Outcome<SyncState?>> FindAsync(string name, CancellationToken ct)
    {
        if (await library.DraftAsync(name, ct) is not { } draft)
            return (SyncState?)null;
        var versions = await library.VersionsAsync(name, ct);
        var known = versions.Any(version => version.Yaml == draft.Draft) || draft.UpdatedBy == Actor.Name || draft.UpdatedBy == Actor.System.Name;
        return new SyncState(draft.Draft, draft.DraftVersion, draft.UpdatedBy, versions is [var last, ..] ? last.Yaml : null, !known);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> CheckAsync(string name, string text, IReadOnlyDictionary<string, string> folder, CancellationToken ct)
    {
        var bases = new Dictionary<string, string>(folder, StringComparer.Ordinal);
        foreach (var draft in await library.DraftsAsync(ct))
            bases.TryAdd(draft.Name, draft.Draft);
        foreach (var version in (await library.NewestRowsAsync(ct)).Where(version => !folder.ContainsKey(version.Name)))
            bases[version.Name] = version.Yaml;
        return [.. compiler.Compile(text, $"{name}.yaml", 0, bases.GetValueOrDefault).Faults.Select(fault => fault.ToString())];
    }

    /// <inheritdoc/>
    public async Task<Outcome<IReadOnlyList<string>>> PutAsync(string name, string text, int expected, CancellationToken ct)
    {
        var put = await library.PutDraftAsync(Actor, name, text, expected, ct);
        return put.Succeeded ? put.Value.Faults.Select(fault => fault.ToString()).ToArray() : put.Cast<IReadOnlyList<string>>();
    }

    /// <inheritdoc/>
    public async Task<Outcome<int>> PublishAsync(string name, string message, int draft, CancellationToken ct)
    {
        var published = await library.PublishAsync(Actor, name, message, ct, expected: draft);
        return published.Succeeded ? published.Value.Version : published.Cast<int>();
    }
}
