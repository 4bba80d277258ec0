namespace Fabric.Protocol;

/// <summary>Constant codes in <see cref="AgentProblem.Code"/>; the table in PROTOCOL.md says what an agent does about each.</summary>
public static class AgentErrorCodes
{
    public const string Malformed = nameof(Malformed);
    public const string AssertionInvalid = nameof(AssertionInvalid);
    public const string AssertionReplayed = nameof(AssertionReplayed);
    public const string ClockSkew = nameof(ClockSkew);
    public const string AgentUnknown = nameof(AgentUnknown);
    public const string AgentRevoked = nameof(AgentRevoked);
    public const string TokenInvalid = nameof(TokenInvalid);
    public const string TokenExpired = nameof(TokenExpired);
    public const string TokenUsed = nameof(TokenUsed);
    /// <summary>The keys are an agent's of another cell.</summary>
    public const string OtherCell = nameof(OtherCell);

    /// <summary>The keys are an agent's of another customer.</summary>
    public const string OtherTenant = nameof(OtherTenant);
    public const string ProtocolTooOld = nameof(ProtocolTooOld);
    public const string ProtocolTooNew = nameof(ProtocolTooNew);
    public const string Busy = nameof(Busy);

    /// <summary>True when trying again soon cannot help; the agent looks again slowly.</summary>
    public static bool NeedsAPerson(string code) => code is AgentUnknown or AgentRevoked
        or TokenInvalid or TokenExpired or TokenUsed or OtherCell or OtherTenant or ProtocolTooOld or ProtocolTooNew;
}
