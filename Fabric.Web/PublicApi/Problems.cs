using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Fabric.Web.PublicApi;

/// <summary>Expected failures as problem documents, RFC 9457: the code for programs, the sentence for people, the fields that are wrong.</summary>
internal static class Problems
{
    /// <summary>A success, or the problem document of its faults.</summary>
    public static IResult Or<T>(this Outcome<T> outcome, Func<T, IResult> success) => outcome.Succeeded ? success(outcome.Value) : Of(outcome.Faults);

    /// <summary>The problem document of some faults.</summary>
    public static IResult Of(IReadOnlyList<OperationFault> faults)
    {
        var first = faults[0];
        var extensions = new Dictionary<string, object?>
        {
            ["code"] = first.Code,
            ["errors"] = faults.Where(fault => fault.Field is not null).Select(fault => new { field = fault.Field, code = fault.Code, message = fault.Message }).ToArray(),
        };
        return TypedResults.Problem(first.Message, statusCode: StatusOf(first.Kind), title: TitleOf(first.Kind), extensions: extensions);
    }

    /// <summary>No such thing, or none that the caller may see.</summary>
    public static IResult NotFound(string what, object id) => Of([new OperationFault(FaultKind.NotFound, "NotFound", $"There is no {what} {id}.")]);

    /// <summary>What is wrong with one field.</summary>
    public static IResult Invalid(string field, string message) => Of([new OperationFault(FaultKind.Invalid, "Invalid", message, field)]);

    /// <summary>Exceptions that mean something to a caller.</summary>
    public static async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken ct)
    {
        var (status, code, message) = exception switch
        {
            CellUnreachableException e => (StatusCodes.Status503ServiceUnavailable, "CellUnreachable", $"Cell {e.Cell} cannot be reached now; nothing was changed. Try again later."),
            DirectoryUnreachableException => (StatusCodes.Status503ServiceUnavailable, "DirectoryUnreachable", "The directory cannot be reached now; nothing was changed. Try again later."),
            StaleEpochException => (StatusCodes.Status503ServiceUnavailable, "OwnerMoved", "The environment was just taken over by another server; nothing was changed. Try again."),
            BadHttpRequestException e => (e.StatusCode, "Malformed", e.InnerException is System.Text.Json.JsonException json ? $"The body is not what is expected: {json.Message}" : e.Message),
            _ => (StatusCodes.Status500InternalServerError, "Internal", $"Something went wrong on the server. Quote {context.TraceIdentifier}."),
        };
        await TypedResults.Problem(new ProblemDetails { Status = status, Title = TitleOf(status), Detail = message, Extensions = { ["code"] = code } }).ExecuteAsync(context);
        return true;
    }

    private static int StatusOf(FaultKind kind) => kind switch
    {
        FaultKind.Invalid => StatusCodes.Status400BadRequest,
        FaultKind.NotFound => StatusCodes.Status404NotFound,
        FaultKind.WrongState or FaultKind.Conflict => StatusCodes.Status409Conflict,
        FaultKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        FaultKind.Forbidden => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static string TitleOf(FaultKind kind) => TitleOf(StatusOf(kind));

    private static string TitleOf(int status) => status switch
    {
        400 => "The request is wrong",
        403 => "Not allowed",
        404 => "Not found",
        409 => "Not possible now",
        412 => "Someone was faster",
        503 => "Unavailable",
        _ => "Failed",
    };
}

/// <summary>Writes problem documents for exceptions under <c>/api</c>; pages have their own.</summary>
internal sealed partial class ApiExceptions(ILogger<ApiExceptions> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
            return false;
        if (exception is not (BadHttpRequestException or CellUnreachableException or DirectoryUnreachableException))
            LogFailed(logger, exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
        return await Problems.TryHandleAsync(context, exception, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed ({TraceId}).")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, PathString path, string traceId);
}
