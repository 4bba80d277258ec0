using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Connection;

internal sealed partial class SyncHandler
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "An intent from the control plane is refused: {Reason}")]
    private static partial void LogRefused(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cell is of incarnation {Theirs}, this agent lives in {Ours}; it reports and changes nothing")]
    private static partial void LogForeignIncarnation(ILogger log, long theirs, long ours);
}
