using Fabric.Workflows.Executors.Terraform.Log;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.Process;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>A piece of work that is to begin.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Attempt">The step's attempt.</param>
/// <param name="Built">What is worked on.</param>
/// <param name="Script">What is done.</param>
internal sealed record LeasedWork(LeaseKind Kind, int Attempt, BuiltWorkspace Built, string Script)
{
    /// <summary>The plan that is applied.</summary>
    public KeptPlan? Plan { get; init; }

    /// <summary>Whether the state may be left without resources.</summary>
    public bool MayEmpty { get; init; }
}

/// <summary>How a lease's process stands.</summary>
/// <param name="Lease">The lease as it is now.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Ended">Whether every process of it has ended.</param>
/// <param name="ExitCode">Exit code of its last command; null when it has none.</param>
internal sealed record Attended(Lease Lease, WorkProgress Progress, bool Ended, int? ExitCode)
{
    /// <summary>Says that the process was asked to stop.</summary>
    public const string CancelFile = "cancelled";

    private const int Failure = 1;

    /// <summary>
    /// How it ended, told by its exit code: one that has none, or one that Terraform does not give, was killed or broke down. So was one whose
    /// directory is gone with the machine it was on; only a directory without the lock, which is the first thing a process takes, proves that
    /// none began.
    /// </summary>
    public LeaseResult Result => ExitCode switch
    {
        null when new WorkDirectory(Lease.Directory) is { Exists: true } directory && !File.Exists(directory.LockFile) => LeaseResult.NeverBegan,
        null => LeaseResult.Killed,
        0 => LeaseResult.Succeeded,
        Failure or Script.InitFailed when File.Exists(new WorkDirectory(Lease.Directory).File(CancelFile)) => LeaseResult.Interrupted,
        Failure or Script.InitFailed => LeaseResult.Failed,
        _ => LeaseResult.Killed,
    };
}
