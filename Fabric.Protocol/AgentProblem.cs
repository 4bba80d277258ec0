namespace Fabric.Protocol;

/// <summary>RFC 9457 problem details of the agent API.</summary>
public sealed record AgentProblem
{
    /// <summary>Media type of every refusal.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Short sentence for people.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>One of <see cref="AgentErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Longer sentence for people.</summary>
    public string? Detail { get; init; }

    /// <summary>UTC; always set with <see cref="AgentErrorCodes.ClockSkew"/>.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>Seconds to wait before the next try.</summary>
    public double? RetryAfterSeconds { get; init; }
}
