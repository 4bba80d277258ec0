using Microsoft.Extensions.Logging;

namespace Fabric.Agent.Kubernetes;

internal sealed partial class LeaseGuard
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for the lease {Lease}; one agent works at a time")]
    private static partial void LogWaiting(ILogger log, string lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "The lease {Lease} is ours")]
    private static partial void LogTaken(ILogger log, string lease);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease {Lease} is lost; work stops until it is ours again")]
    private static partial void LogLost(ILogger log, string lease);
}
