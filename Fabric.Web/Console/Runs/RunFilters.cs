namespace Fabric.Web.ConsoleView.Runs;

/// <summary>The filters the list of runs offers, as they stand in its address, with their words.</summary>
public static class RunFilters
{
    /// <summary>States and groups of states.</summary>
    public static IReadOnlyList<(string Value, string Title)> States { get; } =
        [("going", "Going"), ("waiting", "Waiting for a yes"), ("failed", "Failed"), ("succeeded", "Succeeded"), ("cancelled", "Cancelled")];

    /// <summary>Kinds.</summary>
    public static IReadOnlyList<(string Value, string Title)> Kinds { get; } =
        [("apply", "Apply"), ("destroy", "Destroy"), ("check", "Check"), ("action", "Operation")];

    /// <summary>Whether an address asks for a state that none of the chips stands for.</summary>
    public static bool IsOther(string? state) => !string.IsNullOrEmpty(state) && States.All(offered => offered.Value != state);
}
