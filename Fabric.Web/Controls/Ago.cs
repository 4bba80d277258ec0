namespace Fabric.Web.Controls;

/// <summary>Times and durations in words.</summary>
public static class Ago
{
    /// <summary>How often a relative time is said anew.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(20);

    /// <summary>How long ago, or how long until.</summary>
    public static string Say(DateTimeOffset at, DateTimeOffset now)
    {
        var gap = now - at;
        if (gap.Duration() < TimeSpan.FromSeconds(10))
            return "just now";
        var size = Size(gap.Duration());
        return gap > TimeSpan.Zero ? $"{size} ago" : $"in {size}";
    }

    /// <summary>A duration to the second: <c>4 s</c>, <c>2 min 05 s</c>, <c>1 h 12 min</c>.</summary>
    public static string Lasting(TimeSpan time) => time switch
    {
        { Ticks: < 0 } => "0 s",
        { TotalMinutes: < 1 } => $"{time.Seconds} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds:00} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:00} min",
    };

    private static string Size(TimeSpan gap) => gap switch
    {
        { TotalMinutes: < 1 } => $"{(int)gap.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)gap.TotalMinutes} min",
        { TotalDays: < 1 } => $"{(int)gap.TotalHours} h",
        { TotalDays: < 2 } => "1 day",
        { TotalDays: < 60 } => $"{(int)gap.TotalDays} days",
        { TotalDays: < 730 } => $"{(int)(gap.TotalDays / 30)} months",
        _ => $"{(int)(gap.TotalDays / 365)} years",
    };
}
