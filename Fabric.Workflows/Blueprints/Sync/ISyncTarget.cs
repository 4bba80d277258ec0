using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Blueprints.Sync;

/// <summary>A blueprint as it stands where it is brought to.</summary>
/// <param name="Draft">The draft's text.</param>
/// <param name="DraftVersion">The draft's version.</param>
/// <param name="DraftBy">Who changed the draft last.</param>
/// <param name="Last">Text of the version that was published last; null when none was.</param>
/// <param name="IsOthersWork">The draft is no version's text, and somebody else than this sync wrote it: it would be lost.</param>
public sealed record SyncState(string Draft, int DraftVersion, string DraftBy, string? Last, bool IsOthersWork);

/// <summary>Where blueprints are brought to: a database here, or a running server.</summary>
public interface ISyncTarget
{
    /// <summary>A blueprint as it stands; null when there is none.</summary>
    Task<Outcome<SyncState?>> FindAsync(string name, CancellationToken ct);

    /// <summary>What is wrong with a text, told before anything is written; null when that cannot be told.</summary>
    /// <param name="name">The blueprint.</param>
    /// <param name="text">The text.</param>
    /// <param name="folder">Texts that come with it, by name: bases are looked for there first.</param>
    /// <param name="ct">Gives up.</param>
    Task<IReadOnlyList<string>?> CheckAsync(string name, string text, IReadOnlyDictionary<string, string> folder, CancellationToken ct);

    /// <summary>Keeps a text as the draft; what is wrong with it.</summary>
    /// <param name="name">The blueprint.</param>
    /// <param name="text">The text.</param>
    /// <param name="expected">The draft's version that was looked at; 0 for a new blueprint.</param>
    /// <param name="ct">Gives up.</param>
    Task<Outcome<IReadOnlyList<string>>> PutAsync(string name, string text, int expected, CancellationToken ct);

    /// <summary>Publishes the draft; the number of the version.</summary>
    /// <param name="name">The blueprint.</param>
    /// <param name="message">Why.</param>
    /// <param name="draft">The draft's version that is meant; another one is somebody else's and is not published.</param>
    /// <param name="ct">Gives up.</param>
    Task<Outcome<int>> PublishAsync(string name, string message, int draft, CancellationToken ct);
}
