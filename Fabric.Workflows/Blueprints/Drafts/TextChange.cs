namespace Fabric.Workflows.Blueprints.Drafts;

/// <summary>One span of a text that was replaced: all that is between what two texts have in common at both ends.</summary>
/// <param name="Start">Offset in UTF-16 units, the same in both texts.</param>
/// <param name="Removed">What stood there.</param>
/// <param name="Inserted">What stands there now.</param>
public sealed record TextChange(int Start, string Removed, string Inserted)
{
    /// <summary>Whether nothing is different.</summary>
    public bool IsEmpty => Removed.Length == 0 && Inserted.Length == 0;

    /// <summary>What was changed to come from one text to the other. A pair of surrogates is never cut in half.</summary>
    public static TextChange Between(string before, string after)
    {
        var most = Math.Min(before.Length, after.Length);
        var start = before.AsSpan().CommonPrefixLength(after);
        if (start > 0 && char.IsHighSurrogate(before[start - 1]))
            start--;
        var end = 0;
        while (end < most - start && before[^(end + 1)] == after[^(end + 1)])
            end++;
        if (end > 0 && char.IsLowSurrogate(before[^end]))
            end--;
        return new TextChange(start, before[start..^end], after[start..^end]);
    }

    /// <summary>The text after the change.</summary>
    /// <exception cref="InvalidOperationException">It was made on another text.</exception>
    public string Apply(string text) => Replace(text, Removed, Inserted);

    /// <summary>The text before the change.</summary>
    /// <exception cref="InvalidOperationException">It does not lead to this text.</exception>
    public string Revert(string text) => Replace(text, Inserted, Removed);

    /// <summary>This change and the one after it as one.</summary>
    public TextChange Then(TextChange next, string after)
    {
        var between = next.Revert(after);
        return Between(Revert(between), after);
    }

    private string Replace(string text, string from, string to) => text.Length >= Start + from.Length && text.AsSpan(Start, from.Length).SequenceEqual(from)
        ? string.Concat(text.AsSpan(0, Start), to, text.AsSpan(Start + from.Length))
        : throw new InvalidOperationException($"The change at {Start} belongs to another text.");
}
