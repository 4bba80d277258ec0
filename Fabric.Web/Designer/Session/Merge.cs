using Fabric.Workflows.Blueprints.Drafts;

namespace Fabric.Web.Designer.Session;

/// <summary>Two changes of one text made one, where they leave each other alone.</summary>
internal static class Merge
{
    /// <summary>Both changes; null when their lines touch.</summary>
    public static string? Of(string before, string mine, string theirs)
    {
        var (ours, other) = (TextChange.Between(before, mine), TextChange.Between(before, theirs));
        var (first, second) = ours.Start <= other.Start ? (ours, other) : (other, ours);
        var end = LineEnd(before, first.Start + first.Removed.Length);
        return end >= LineStart(before, second.Start) ? null : first.Apply(second.Apply(before));
    }

    private static int LineStart(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    private static int LineEnd(string text, int at) => text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
}
