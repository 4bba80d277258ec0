using System.Text.Json;
using Fabric.Workflows.Persistence;
using Microsoft.AspNetCore.Diagnostics;

namespace Fabric.Web.PublicApi;

/// <summary>Writes problem documents for exceptions under <c>/api</c>; pages have their own.</summary>
internal sealed partial class ApiExceptions(ILogger<ApiExceptions> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
            return false;
        if (exception is not (BadHttpRequestException or JsonException or CellUnreachableException or DirectoryUnreachableException))
            LogFailed(logger, exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
        await Problems.Of(context, exception).ExecuteAsync(context);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed ({TraceId}).")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, PathString path, string traceId);
}
