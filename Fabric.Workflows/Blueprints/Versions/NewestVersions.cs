using Fabric.Workflows.Persistence;

namespace Fabric.Workflows.Blueprints.Versions;

/// <summary>Which version is meant where none is named.</summary>
internal static class NewestVersions
{
    /// <summary>The best of each blueprint: published before deprecated, then the higher number. Retired ones are nobody's choice.</summary>
    public static IQueryable<BlueprintVersionRecord> Newest(this IQueryable<BlueprintVersionRecord> versions) =>
        from version in versions
        where version.Stage != VersionStage.Retired
            && !versions.Any(other => other.Name == version.Name
                && ((other.Stage == version.Stage && other.Version > version.Version) || (other.Stage == VersionStage.Published && version.Stage == VersionStage.Deprecated)))
        select version;
}
