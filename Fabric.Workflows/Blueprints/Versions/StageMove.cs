using Fabric.Workflows.Persistence;

namespace Fabric.Workflows.Blueprints.Versions;

/// <summary>A named change of a version's stage. Pages ask the same value whether a button is there.</summary>
/// <param name="Name">The verb.</param>
/// <param name="To">Destination.</param>
/// <param name="From">Sources.</param>
public sealed record StageMove(string Name, VersionStage To, params VersionStage[] From)
{
    /// <summary>Environments keep it; nothing new should start on it.</summary>
    public static readonly StageMove Deprecate = new("deprecate", VersionStage.Deprecated, VersionStage.Published);

    /// <summary>Nobody may use it. Needs that nobody does.</summary>
    public static readonly StageMove Retire = new("retire", VersionStage.Retired, VersionStage.Published, VersionStage.Deprecated);

    /// <summary>It is to be used again.</summary>
    public static readonly StageMove Reinstate = new("reinstate", VersionStage.Published, VersionStage.Deprecated, VersionStage.Retired);

    /// <summary>Every move there is.</summary>
    public static IReadOnlyList<StageMove> All { get; } = [Deprecate, Retire, Reinstate];

    /// <summary>Whether a version of that stage is one of the sources.</summary>
    public bool Allows(VersionStage stage) => Array.IndexOf(From, stage) >= 0;
}
