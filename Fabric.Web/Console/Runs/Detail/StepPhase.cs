namespace Fabric.Web.ConsoleView.Runs.Detail;

/// <summary>What a step spends its time on.</summary>
public enum StepPhase
{
    /// <summary>Free to go, or between two tries: for a place, a back-off, the next plan.</summary>
    Waiting,

    /// <summary>The real plan is being made.</summary>
    Planning,

    /// <summary>A person is asked.</summary>
    Asking,

    /// <summary>Work goes on outside.</summary>
    Applying,

    /// <summary>Done outside; its health is awaited.</summary>
    Verifying,

    /// <summary>Nobody sees how it goes.</summary>
    Unseen,
}

/// <summary>A stretch of a step's time.</summary>
/// <param name="Attempt">The try it belongs to, from 1.</param>
/// <param name="Phase">What went on.</param>
/// <param name="From">UTC.</param>
/// <param name="To">UTC.</param>
/// <param name="Failed">The try ended here, and not well.</param>
public sealed record GanttBar(int Attempt, StepPhase Phase, DateTimeOffset From, DateTimeOffset To, bool Failed = false)
{
    /// <summary>How long it lasted.</summary>
    public TimeSpan Took => To - From;
}
