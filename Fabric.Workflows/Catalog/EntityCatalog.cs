using System.Collections.Concurrent;
using System.Collections.Immutable;
using Fabric.Workflows.Blueprints;

namespace Fabric.Workflows.Catalog;

/// <param name="Catalog">Everything that loaded without a fault.</param>
/// <param name="Faults">What did not, all at once.</param>
public sealed record CatalogLoad(EntityCatalog Catalog, IReadOnlyList<Fault> Faults);

/// <summary>
/// The entity types, read from folders. A folder dropped in is a new type after <see cref="Refresh"/>; what is once known at a
/// version stays what it was, since blueprints that are published stand on it. Safe for use from many threads.
/// </summary>
public sealed class EntityCatalog
{
    private readonly string[] _folders;
    private readonly Lock _refreshing = new();
    private volatile Snapshot _snapshot = Snapshot.Empty;

    private EntityCatalog(string[] folders, IEnumerable<EntityTypeRef> known)
    {
        _folders = folders;
        _snapshot = new Snapshot(Snapshot.Empty.ByName, known.ToImmutableDictionary(k => k.ToString(), k => k.Hash));
    }

    /// <summary>The folder of the types that come with the product.</summary>
    public static string BuiltInFolder => Path.Combine(AppContext.BaseDirectory, "catalog");

    /// <summary>Every version of every type, by name and then newest first.</summary>
    public IEnumerable<EntityType> All => _snapshot.ByName.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => p.Value);

    /// <summary>The names there are.</summary>
    public IEnumerable<string> Names => _snapshot.ByName.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads every <c>entity.yaml</c> below the folders.</summary>
    public static CatalogLoad Load(params string[] folders) => Load([], folders);

    /// <summary>As <see cref="Load(string[])"/>, refusing content that differs from what is already recorded under a version.</summary>
    public static CatalogLoad Load(IEnumerable<EntityTypeRef> known, params string[] folders)
    {
        var catalog = new EntityCatalog(folders, known);
        return new CatalogLoad(catalog, catalog.Refresh());
    }

    /// <summary>Reads the folders again: new types and versions join, changed content under a known version is refused with both hashes.</summary>
    public IReadOnlyList<Fault> Refresh()
    {
        lock (_refreshing)
        {
            var faults = new FaultList();
            var next = _snapshot;
            foreach (var (type, file) in EntityFolder.ReadAll(_folders, faults)) next = next.With(type, file, faults);
            _snapshot = next;
            return faults.ToList();
        }
    }

    /// <summary>The newest version in a range (<see cref="EntityVersion.IsIn"/>), or null.</summary>
    public EntityType? Find(string name, string range = "") => _snapshot.Find(name, range);

    /// <summary>Exactly this content, or null when the catalog has none or another under that version.</summary>
    public EntityType? Find(EntityTypeRef type) => Find(type.Name, type.Version) is { } found && found.Hash == type.Hash ? found : null;

    /// <summary>The versions of a type, newest first.</summary>
    public IReadOnlyList<EntityType> Versions(string name) => _snapshot.ByName.TryGetValue(name, out var versions) ? versions : [];

    private sealed record Snapshot(ImmutableDictionary<string, ImmutableArray<EntityType>> ByName, ImmutableDictionary<string, string> Hashes)
    {
        public static readonly Snapshot Empty = new(
            ImmutableDictionary<string, ImmutableArray<EntityType>>.Empty, ImmutableDictionary<string, string>.Empty);

        // Blueprints ask for the same few ranges over and over; a new snapshot starts afresh. Only hits are kept, so that
        // whoever asks for nonsense cannot fill it.
        private readonly ConcurrentDictionary<(string Name, string Range), EntityType> _found = new();

        public EntityType? Find(string name, string range)
        {
            if (_found.TryGetValue((name, range), out var known)) return known;
            var found = ByName.TryGetValue(name, out var versions)
                ? versions.FirstOrDefault(t => EntityVersion.TryParse(t.Version, out var version) && version.IsIn(range))
                : null;
            if (found is not null) _found.TryAdd((name, range), found);
            return found;
        }

        public Snapshot With(EntityType type, string file, FaultList faults)
        {
            var id = type.Ref.ToString();
            if (Hashes.TryGetValue(id, out var hash) && hash != type.Hash)
            {
                faults.Add(new Fault(FaultCodes.ContentChanged, file, 1, 1,
                    $"The content of {id} changed under the same version: it was {hash} and is {type.Hash}. Give the new content a new version."));
                return this;
            }

            var versions = ByName.GetValueOrDefault(type.Name, []);
            if (versions.Any(v => v.Version == type.Version)) return this;
            return new Snapshot(ByName.SetItem(type.Name, versions.Add(type).Sort(NewestFirst)), Hashes.SetItem(id, type.Hash));
        }

        private static int NewestFirst(EntityType a, EntityType b) =>
            EntityVersion.TryParse(a.Version, out var left) && EntityVersion.TryParse(b.Version, out var right) ? right.CompareTo(left) : 0;
    }
}
