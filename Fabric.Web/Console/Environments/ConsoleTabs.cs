namespace Fabric.Web.ConsoleView.Environments;

/// <summary>The parts of an environment that Terraform works on, as they stand in its address.</summary>
public static class ConsoleTabs
{
    /// <summary>Its runs, with the steps and the journal of one.</summary>
    public const string Runs = "runs";

    /// <summary>Terraform's states.</summary>
    public const string State = "state";

    /// <summary>What stands otherwise than it was deployed.</summary>
    public const string Drift = "drift";

    /// <summary>All of them in order, with their titles.</summary>
    public static IReadOnlyList<(string Name, string Title)> All { get; } = [(Runs, "Runs"), (State, "State"), (Drift, "Drift")];

    /// <summary>The part an address means: an unknown one is the first.</summary>
    public static string Of(string? name) => All.Any(tab => tab.Name == name) ? name! : Runs;
}
