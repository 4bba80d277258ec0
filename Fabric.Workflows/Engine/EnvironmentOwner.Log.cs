using Microsoft.Extensions.Logging;

namespace Fabric.Workflows.Engine;

public sealed partial class EnvironmentOwner
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Environment {EnvironmentId} was taken over by another owner.")]
    private static partial void LogTakenOver(ILogger logger, Guid environmentId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of environment {EnvironmentId} failed; its state is loaded anew.")]
    private static partial void LogTurnFailed(ILogger logger, Exception exception, Guid environmentId);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The owner of environment {EnvironmentId} ended by a fault of its own; the next call makes a new one.")]
    private static partial void LogLoopEnded(ILogger logger, Exception exception, Guid environmentId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Environment {EnvironmentId} cannot be loaded now; it is tried again.")]
    private static partial void LogReloadFailed(ILogger logger, Exception exception, Guid environmentId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Executor {Executor} failed unexpectedly on step {Node} of run {RunId}.")]
    private static partial void LogExecutorFailed(ILogger logger, Exception exception, string executor, string node, Guid runId);
}
