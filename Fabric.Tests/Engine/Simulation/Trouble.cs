namespace Fabric.Tests.Engine.Simulation;

public enum Trouble
{
    None,

    /// <summary>Fails a few times before anything is done.</summary>
    Transient,

    /// <summary>Does its work and nobody is told.</summary>
    Unknown,

    /// <summary>Fails whenever it is tried.</summary>
    Terminal,

    /// <summary>Goes on for a while.</summary>
    Slow,
}

public enum CrashMoment
{
    /// <summary>The work is known, and the process ends before it begins.</summary>
    BeforeTheWork,

    /// <summary>The world has changed, and the process ends before it is written down.</summary>
    BetweenEffectAndCommit,

    /// <summary>The decision is durable, and the process ends before what follows from it begins.</summary>
    AfterTheCommit,
}
