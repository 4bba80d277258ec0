using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Connection;

internal sealed partial class SyncLoop
{
    [LoggerMessage(Level = LogLevel.Information, Message = "In sync with the control plane")]
    private static partial void LogOnline(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The control plane is away, the cluster is kept as it should be: {Message}")]
    private static partial void LogOffline(ILogger log, string message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}")]
    private static partial void LogNotStored(ILogger log, string message);
}
