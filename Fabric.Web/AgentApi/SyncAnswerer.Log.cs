namespace Fabric.Web.AgentApi;

internal sealed partial class SyncAnswerer
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Agent {Agent} ({AgentId}) is out of step: a full sync did not bring it to what it should hold; it gets another")]
    private static partial void LogOutOfStep(ILogger logger, string agent, Guid agentId);
}
