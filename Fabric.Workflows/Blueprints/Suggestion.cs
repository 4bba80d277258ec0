namespace Fabric.Workflows.Blueprints;

/// <summary>The half of a fault that says what would be right.</summary>
internal static class Suggestion
{
    /// <summary>"Did you mean 'x'?" when something is near, else what there is to choose from.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        var names = known.Distinct().Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0) return "There are none to choose from.";
        var best = names.Select(n => (Name: n, Distance: Distance(word.ToLowerInvariant(), n.ToLowerInvariant())))
            .OrderBy(n => n.Distance).ThenByDescending(n => SameLetters(word, n.Name)).First();
        if (best.Distance <= Math.Max(1, word.Length / 3) || (best.Distance == 2 && SameLetters(word, best.Name))) return $"Did you mean '{best.Name}'?";
        var shown = string.Join(", ", names.Take(12).Select(n => $"'{n}'"));
        return names.Count > 12 ? $"Known are {shown} and {names.Count - 12} more." : $"Known: {shown}.";
    }

    // Two letters the wrong way round count as two changes and are one slip.
    private static bool SameLetters(string a, string b) => a.Order().SequenceEqual(b.Order());

    private static int Distance(string a, string b)
    {
        // Names are short; a hostile one is cut so that the table stays small.
        a = a.Length > 64 ? a[..64] : a;
        b = b.Length > 64 ? b[..64] : b;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[b.Length];
    }
}
