namespace Fabric.Protocol;

/// <summary>Paths of the agent API. Assertions bind them, so they are constants on both sides.</summary>
public static class AgentRoutes
{
    /// <summary>Prefix of all routes.</summary>
    public const string Prefix = "/agent/v1";

    /// <summary>One-time enrolment; no assertion.</summary>
    public const string Enrol = Prefix + "/enroll";

    /// <summary>Held-open sync.</summary>
    public const string Sync = Prefix + "/sync";

    /// <summary>Reports and heartbeat; never waits.</summary>
    public const string Report = Prefix + "/report";
}
