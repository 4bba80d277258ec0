using System.Globalization;

namespace Fabric.Web.ConsoleView.Blueprints.Simulate;

/// <summary>Times as they are read beside a run.</summary>
public static class SimulationTimes
{
    /// <summary><c>1 d 2 h</c>, <c>3 min 20 s</c>, <c>4.5 s</c>: two units, or tenths of the smallest.</summary>
    public static string Say(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => $"{time.Days} d {time.Hours} h",
        { TotalHours: >= 1 } => $"{time.Hours} h {time.Minutes} min",
        { TotalMinutes: >= 1 } => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
    };
}
