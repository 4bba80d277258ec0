namespace Fabric.Web.ConsoleView.Runs.Detail;

/// <summary>The tabs of a run, as they stand in its address.</summary>
public static class RunTabs
{
    /// <summary>A table of its steps.</summary>
    public const string Steps = "steps";

    /// <summary>Its steps in time.</summary>
    public const string Times = "times";

    /// <summary>What was printed for a step.</summary>
    public const string Log = "log";

    /// <summary>All of them in order, with their titles.</summary>
    public static IReadOnlyList<(string Name, string Title)> All { get; } = [(Steps, "Steps"), (Times, "Times"), (Log, "Log")];

    /// <summary>The tab an address means: an unknown one is the first.</summary>
    public static string Of(string? name) => All.Any(tab => tab.Name == name) ? name! : Steps;
}
