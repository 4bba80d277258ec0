using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Connection;

internal sealed partial class Enroller
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Enrolled as agent {AgentId} of cell {Cell}")]
    private static partial void LogEnrolled(ILogger log, Guid agentId, string cell);

    [LoggerMessage(Level = LogLevel.Error, Message = "The token is of cell {Cell}; this agent serves cell {Mine} and goes on serving it")]
    private static partial void LogOtherCell(ILogger log, string cell, string mine);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not enrolled with this token: {Message}")]
    private static partial void LogFailed(ILogger log, string message);
}
