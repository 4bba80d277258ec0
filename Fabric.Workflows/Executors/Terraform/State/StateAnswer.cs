namespace Fabric.Workflows.Executors.Terraform.State;

/// <summary>What the state service says to a request.</summary>
public enum StateVerdict
{
    /// <summary>Done.</summary>
    Taken,

    /// <summary>The very same text stands already: a repeat after a lost reply.</summary>
    Same,

    /// <summary>There is no state yet.</summary>
    None,

    /// <summary>Somebody else holds the lock.</summary>
    Locked,

    /// <summary>It does not fit what stands: lineage, serial, lock or approval.</summary>
    Conflict,

    /// <summary>The text is no whole state.</summary>
    Corrupt,

    /// <summary>It came from a lease that had ended; it is kept for a person and not in force.</summary>
    Aside,
}

/// <summary>What the state service says, and why.</summary>
/// <param name="Verdict">Which of the closed set.</param>
/// <param name="Message">One sentence for people; empty when all is well.</param>
/// <param name="Holder">For <see cref="StateVerdict.Locked"/>: the holder's details as Terraform gave them, JSON.</param>
public sealed record StateAnswer(StateVerdict Verdict, string Message = "", string? Holder = null)
{
    /// <summary>Whether the caller got what it asked for.</summary>
    public bool IsGood => Verdict is StateVerdict.Taken or StateVerdict.Same;
}
