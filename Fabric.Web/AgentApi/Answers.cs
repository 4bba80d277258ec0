using Fabric.Protocol;

namespace Fabric.Web.AgentApi;

/// <summary>Refusals of the agent's protocol, as it wants them.</summary>
internal static class Answers
{
    /// <summary>How long an agent waits before it asks again for a cell that cannot be reached; cells are looked at more often than that.</summary>
    private const double BusySeconds = 10;

    /// <summary>A refusal.</summary>
    public static IResult Refuse(int status, string code, string title, DateTimeOffset now) => TypedResults.Json(
        new AgentProblem { Title = title, Status = status, Code = code, ServerTime = now }, ProtocolJson.Default.AgentProblem, AgentProblem.MediaType, status);

    /// <summary>The agent's cell cannot be reached: nothing was decided about the agent, and it asks again.</summary>
    public static IResult Busy(DateTimeOffset now) => TypedResults.Json(
        new AgentProblem { Title = "The cell cannot be reached now.", Status = StatusCodes.Status503ServiceUnavailable, Code = AgentErrorCodes.Busy, ServerTime = now, RetryAfterSeconds = BusySeconds },
        ProtocolJson.Default.AgentProblem,
        AgentProblem.MediaType,
        StatusCodes.Status503ServiceUnavailable);

    /// <summary>A body that cannot be read.</summary>
    public static IResult Malformed(string why, DateTimeOffset now) => Refuse(StatusCodes.Status400BadRequest, AgentErrorCodes.Malformed, why, now);
}
