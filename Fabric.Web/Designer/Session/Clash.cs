namespace Fabric.Web.Designer.Session;

/// <summary>Two changes of one draft.</summary>
/// <param name="Label">What this person was doing: <c>Add storage</c>.</param>
/// <param name="Mine">The text as this person would have it.</param>
/// <param name="Theirs">The text as it is saved.</param>
/// <param name="Version">The draft's version with that text.</param>
/// <param name="By">Who saved it.</param>
/// <param name="OnTop">This person's change made on the other's text; null when both touch the same lines.</param>
public sealed record Clash(string Label, string Mine, string Theirs, int Version, string By, string? OnTop);

/// <summary>How a clash ends.</summary>
public enum ClashChoice
{
    /// <summary>The saved text stays; the own change is dropped.</summary>
    Theirs,

    /// <summary>Both changes are in the text.</summary>
    OnTop,

    /// <summary>The own text replaces the saved one, which undo brings back.</summary>
    Mine,
}
