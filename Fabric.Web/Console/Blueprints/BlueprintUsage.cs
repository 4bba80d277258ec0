using Fabric.Web.Live;
using Fabric.Workflows.Environments;

namespace Fabric.Web.ConsoleView.Blueprints;

/// <summary>A published version and the environments that are to be it.</summary>
public sealed record VersionUsage(BlueprintVersionLine Line, IReadOnlyList<FabricEnvironment> Environments);

/// <summary>A blueprint with its versions, newest first, and who uses each.</summary>
public sealed record BlueprintUsage(string Name, IReadOnlyList<VersionUsage> Versions)
{
    /// <summary>The newest version.</summary>
    public VersionUsage Newest => Versions[0];

    /// <summary>Its title in the newest version.</summary>
    public string Title => Newest.Line.Title;

    /// <summary>Who uses it, by version: <c>3 on v2, 1 on v1</c>.</summary>
    public string Sentence
    {
        get
        {
            var used = Versions.Where(version => version.Environments.Count > 0).Select(version => $"{version.Environments.Count} on v{version.Line.Version}");
            return string.Join(", ", used) is { Length: > 0 } text ? text : "nobody";
        }
    }

    /// <summary>Joins versions with the fleet. What is destroyed uses nothing.</summary>
    public static IReadOnlyList<BlueprintUsage> Of(IReadOnlyList<BlueprintVersionLine> versions, IReadOnlyList<EnvironmentLine> fleet)
    {
        var users = fleet.Where(line => !line.Environment.State.IsOver())
            .ToLookup(line => (line.Environment.Blueprint, line.BlueprintVersion), line => line.Environment);
        return
        [
            .. versions.GroupBy(version => version.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new BlueprintUsage(group.Key, [.. group.OrderByDescending(version => version.Version).Select(version => new VersionUsage(version, [.. users[(version.Name, version.Version)]]))])),
        ];
    }
}
