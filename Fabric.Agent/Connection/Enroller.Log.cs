using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Connection;

internal sealed partial class Enroller
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Enrolled as agent {AgentId} of cell {Cell}")]
    private static partial void LogEnrolled(ILogger log, Guid agentId, string cell);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not enrolled yet: {Message}")]
    private static partial void LogFailed(ILogger log, string message);
}
