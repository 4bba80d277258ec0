namespace Fabric.Web.Runtime;

internal sealed partial class EngineService
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Cell {Cell}: {Count} environments with a run in flight were taken up in {Milliseconds:0} ms.")]
    private static partial void LogResumed(ILogger logger, string cell, int count, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Environment {EnvironmentId} of cell {Cell} could not be woken; it is tried again.")]
    private static partial void LogWakeFailed(ILogger logger, Exception exception, string cell, Guid environmentId);
}
