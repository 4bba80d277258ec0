using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Connection;

internal sealed partial class ReportLoop
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} reports wait; the control plane did not take them: {Message}")]
    private static partial void LogFailed(ILogger log, int count, string message);
}
