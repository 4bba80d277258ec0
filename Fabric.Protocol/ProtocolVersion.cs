namespace Fabric.Protocol;

/// <summary>The version-skew table of PROTOCOL.md as code.</summary>
public static class ProtocolVersion
{
    /// <summary>What this build speaks.</summary>
    public const int Current = 1;

    /// <summary>Oldest agent a server of this build talks to.</summary>
    public const int OldestAccepted = 1;

    /// <summary>The error code for an agent of <paramref name="agent"/>, or null when the two may talk.</summary>
    public static string? Refusal(int agent) => agent switch
    {
        < OldestAccepted => AgentErrorCodes.ProtocolTooOld,
        > Current => AgentErrorCodes.ProtocolTooNew,
        _ => null,
    };
}
