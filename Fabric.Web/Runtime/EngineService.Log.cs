namespace Fabric.Web.Runtime;

internal sealed partial class EngineService
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Cell {Cell}: {Count} environments with a run in flight were taken up in {Milliseconds:0} ms.")]
    private static partial void LogResumed(ILogger logger, string cell, int count, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cells that are unreachable could not be tried again; it is tried once more in a moment.")]
    private static partial void LogOpenFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cell {Cell} could not be served; it is tried again in {Seconds:0} s.")]
    private static partial void LogServeFailed(ILogger logger, Exception exception, string cell, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Environment {EnvironmentId} of cell {Cell} could not be woken; it is tried again.")]
    private static partial void LogWakeFailed(ILogger logger, Exception exception, string cell, Guid environmentId);
}
