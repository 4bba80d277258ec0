using Fabric.Protocol.Reports;
using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Reconcile;

internal sealed partial class Reconciler
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}")]
    private static partial void LogFailed(ILogger log, string message);

    [LoggerMessage(Level = LogLevel.Error, Message = "Intent {Intent} broke the reconciler")]
    private static partial void LogBroken(ILogger log, string intent, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Intent {Intent} is refused: {Reason}")]
    private static partial void LogRefused(ILogger log, string intent, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Intent {Intent}, generation {Generation}: {Status} {Reason}")]
    private static partial void LogStatus(ILogger log, string intent, long generation, ReportStatus status, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Intent {Intent}, generation {Generation}: removed, and the control plane knows")]
    private static partial void LogGone(ILogger log, string intent, long generation);
}
