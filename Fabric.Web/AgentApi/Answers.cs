using Fabric.Protocol;

namespace Fabric.Web.AgentApi;

/// <summary>Refusals of the agent's protocol, as it wants them.</summary>
internal static class Answers
{
    /// <summary>A refusal.</summary>
    public static IResult Refuse(int status, string code, string title, DateTimeOffset now) => TypedResults.Json(
        new AgentProblem { Title = title, Status = status, Code = code, ServerTime = now }, ProtocolJson.Default.AgentProblem, AgentProblem.MediaType, status);

    /// <summary>A body that cannot be read.</summary>
    public static IResult Malformed(string why, DateTimeOffset now) => Refuse(StatusCodes.Status400BadRequest, AgentErrorCodes.Malformed, why, now);
}
