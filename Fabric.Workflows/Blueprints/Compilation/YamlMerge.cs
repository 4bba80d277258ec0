using Fabric.Workflows.Blueprints.Yaml;

namespace Fabric.Workflows.Blueprints;

/// <summary>Merges maps as a JSON merge patch does: maps go into each other, anything else replaces, null removes.</summary>
internal static class YamlMerge
{
    public static YamlMap Maps(YamlMap inherited, YamlMap own)
    {
        if (own.Entries.Count == 0) return inherited;
        var entries = inherited.Entries.ToList();
        foreach (var entry in own.Entries)
        {
            var at = entries.FindIndex(e => e.Name == entry.Name);
            if (at < 0) entries.Add(entry);
            else if (entry.Value is YamlScalar { IsNull: true }) entries.RemoveAt(at);
            else if (entries[at].Value is YamlMap before && entry.Value is YamlMap after) entries[at] = new YamlEntry(entry.Key, Maps(before, after));
            else entries[at] = entry;
        }

        // What is missing in the result is shown where the deriving file says something about it.
        return own.With(entries);
    }
}
