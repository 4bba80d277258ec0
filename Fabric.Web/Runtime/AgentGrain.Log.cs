namespace Fabric.Web.Runtime;

internal sealed partial class AgentGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Agent {AgentId} of cell {Cell} sent {Count} reports that were late or about entities it does not hold; they were left out.")]
    private static partial void LogIgnored(ILogger logger, string cell, Guid agentId, int count);
}
