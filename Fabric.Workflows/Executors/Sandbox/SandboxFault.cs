namespace Fabric.Workflows.Executors.Sandbox;

/// <summary>What can be made to go wrong in the simulated cloud.</summary>
public enum SandboxFaultKind
{
    /// <summary>Fails before anything is done, in a way that passes.</summary>
    Transient,

    /// <summary>Fails before anything is done, for good.</summary>
    Terminal,

    /// <summary>Takes longer.</summary>
    Slow,

    /// <summary>Does its work, but nobody is told.</summary>
    OutcomeUnknown,

    /// <summary>Does its work and answers late: the moment between effect and acknowledgement, made long.</summary>
    LateAnswer,
}

/// <summary>A failure to inject.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Times">How often; it is used up by that many applications.</param>
/// <param name="Delay">For slow work and late answers.</param>
public sealed record SandboxFault(SandboxFaultKind Kind, int Times = 1, TimeSpan Delay = default);
