using System.Globalization;
using System.Text.RegularExpressions;

namespace Fabric.Workflows.Catalog;

/// <summary>A version of three numbers.</summary>
public readonly partial record struct EntityVersion(int Major, int Minor, int Patch) : IComparable<EntityVersion>
{
    /// <summary>Reads <c>1.3.0</c>; false for anything else.</summary>
    public static bool TryParse(string text, out EntityVersion version)
    {
        var match = Three().Match(text);
        version = match.Success ? new(Part(match, 1), Part(match, 2), Part(match, 3)) : default;
        return match.Success;
    }

    /// <summary>Whether it is in a range: <c>""</c> any, <c>1</c> and <c>1.2</c> by prefix, <c>1.2.3</c> exactly, <c>^1.2</c> at least and of the same major.</summary>
    public bool IsIn(string range)
    {
        if (range.Length == 0) return true;
        var match = RangeForm().Match(range);
        if (!match.Success) return false;
        var from = new EntityVersion(Part(match, 2), Part(match, 3), Part(match, 4));
        if (match.Groups[1].Success) return Major == from.Major && CompareTo(from) >= 0;
        return Major == from.Major && (!match.Groups[3].Success || Minor == from.Minor) && (!match.Groups[4].Success || Patch == from.Patch);
    }

    /// <summary>Whether a range can be read at all.</summary>
    public static bool IsRange(string range) => range.Length == 0 || RangeForm().IsMatch(range);

    public int CompareTo(EntityVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public static bool operator <(EntityVersion left, EntityVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(EntityVersion left, EntityVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(EntityVersion left, EntityVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EntityVersion left, EntityVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Major}.{Minor}.{Patch}";

    private static int Part(Match match, int group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(\d{1,6})\.(\d{1,6})\.(\d{1,6})\z")]
    private static partial Regex Three();

    [GeneratedRegex(@"^(\^)?(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?\z")]
    private static partial Regex RangeForm();
}
