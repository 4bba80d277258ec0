using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Fabric.Workflows.Blueprints;

/// <summary>Durations as people write them: <c>500ms</c>, <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>2d</c> or ISO 8601 (<c>PT10M</c>).</summary>
public static partial class Durations
{
    /// <summary>What a fault offers.</summary>
    public const string Examples = "write it like 90s, 10m, 1h30m, 2d or PT10M";

    /// <summary>Reads a positive duration of at most ten years; false when it is none.</summary>
    public static bool TryParse(string? text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (string.IsNullOrEmpty(text) || text.Length > 32) return false;
        var read = text[0] == 'P' ? FromIso(text) : FromUnits(text);
        if (read is not { } seconds || seconds <= 0 || seconds > 10 * 366 * 86400d) return false;
        value = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static double? FromIso(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text).TotalSeconds;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static double? FromUnits(string text)
    {
        var match = Units().Match(text);
        if (!match.Success) return null;
        return Part(match, "d", 86400) + Part(match, "h", 3600) + Part(match, "m", 60) + Part(match, "s", 1) + Part(match, "ms", 0.001);
    }

    private static double Part(Match match, string unit, double seconds) =>
        match.Groups[unit] is { Success: true } g ? double.Parse(g.Value, CultureInfo.InvariantCulture) * seconds : 0;

    [GeneratedRegex(@"^(?=\d)((?<d>\d{1,6})d)?((?<h>\d{1,6})h)?((?<m>\d{1,6})m(?!s))?((?<s>\d{1,8}(\.\d{1,6})?)s)?((?<ms>\d{1,9})ms)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Units();
}
