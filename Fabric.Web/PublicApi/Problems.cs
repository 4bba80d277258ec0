using System.Text.Json;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Microsoft.AspNetCore.Http.Features;

namespace Fabric.Web.PublicApi;

/// <summary>A field of a request that is wrong.</summary>
/// <param name="Field">The field, dotted, or the name of a header.</param>
/// <param name="Code">Constant.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record ProblemField(string? Field, string Code, string Message);

/// <summary>Expected failures as problem documents, RFC 9457: the code for programs, the sentence for people, the fields that are wrong.</summary>
internal static class Problems
{
    /// <summary>A success, or the problem document of its faults.</summary>
    public static IResult Or<T>(this Outcome<T> outcome, Func<T, IResult> success) => outcome.Succeeded ? success(outcome.Value) : Of(outcome.Faults);

    /// <summary>The same; a wrong state stands in the document.</summary>
    public static async Task<IResult> OrAsync<T, TState>(this Outcome<T> outcome, Func<T, IResult> success, Func<Task<TState?>> state)
        where TState : struct, Enum =>
        outcome.Succeeded ? success(outcome.Value) : Of(outcome.Faults, outcome.Faults[0].Kind is FaultKind.WrongState ? (await state())?.ToString() : null);

    /// <summary>The problem document of some faults.</summary>
    public static IResult Of(IReadOnlyList<OperationFault> faults, string? state = null) => Document(
        StatusOf(faults[0].Kind),
        faults[0].Code,
        faults[0].Message,
        [.. faults.Where(fault => fault.Field is not null).Select(fault => new ProblemField(fault.Field, fault.Code, fault.Message))],
        state is null ? [] : [("state", state)]);

    /// <summary>No such thing, or none that the caller may see.</summary>
    public static IResult NotFound(string what, object id) => Of([new OperationFault(FaultKind.NotFound, "NotFound", $"There is no {what} {id}.")]);

    /// <summary>What is wrong with one field.</summary>
    public static IResult Invalid(string field, string message) => Of([new OperationFault(FaultKind.Invalid, "Invalid", message, field)]);

    /// <summary>What stands in the way of a repeated call.</summary>
    public static IResult Repeated(int status, string code, string message) =>
        Document(status, code, message, [new ProblemField(Repeats.RepeatedWrites.Header, code, message)]);

    /// <summary>A body larger than a route takes.</summary>
    public static IResult TooLarge(long most) =>
        Document(413, "TooLarge", $"The body is larger than {most / 1024} KiB, which is the most that is taken.", [new ProblemField("body", "TooLarge", "The body is too large.")]);

    /// <summary>Exceptions that mean something to a caller.</summary>
    public static IResult Of(HttpContext context, Exception exception) => exception switch
    {
        CellUnreachableException e => Document(503, "CellUnreachable", e.OutcomeUnknown
            ? $"Cell {e.Cell} was lost while it wrote: whether the change was made is not known yet. Send it again with the same {Repeats.RepeatedWrites.Header}, or look."
            : $"Cell {e.Cell} cannot be reached now; nothing was changed. Try again later.", null, ("cell", e.Cell)),
        DirectoryUnreachableException => Document(503, "DirectoryUnreachable", "The directory cannot be reached now; nothing was changed. Try again later."),
        StaleEpochException => Document(503, "OwnerMoved", "The environment was just taken over by another server; nothing was changed. Try again."),
        BadHttpRequestException { InnerException: JsonException json } => Malformed(json),
        JsonException json => Malformed(json),
        BadHttpRequestException { StatusCode: 413 } => TooLarge(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? PublicApi.LargestBody),
        BadHttpRequestException { StatusCode: 400 } when context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } =>
            Document(400, "Malformed", "The request needs a JSON body; /openapi/v1.json says which.", [new ProblemField("body", "Malformed", "The body is missing.")]),
        BadHttpRequestException e => Document(e.StatusCode, "Malformed", e.Message),
        _ => Document(500, "Internal", $"Something went wrong on the server. Quote {context.TraceIdentifier}."),
    };

    /// <summary>The sentence for an answer that no handler wrote: a route or method that is not there, a caller who is not known.</summary>
    public static (string Code, string Sentence) OfStatus(HttpContext context, int status) => status switch
    {
        401 => ("Unauthenticated", "Sign in, or send an API token: Authorization: Bearer fab_… A token that is not known, has expired or was revoked is refused as well."),
        403 => ("Forbidden", "Your role does not allow this."),
        404 => ("NotFound", $"There is no route {context.Request.Path}; /openapi/v1.json lists them all."),
        405 => ("MethodNotAllowed", $"{context.Request.Path} takes no {context.Request.Method}; it takes {context.Response.Headers.Allow}."),
        415 => ("UnsupportedMediaType", $"{context.Request.Method} {context.Request.Path} takes no body of the type '{context.Request.ContentType}'; /openapi/v1.json says which. Most take application/json."),
        _ => ("Failed", $"The request failed with {status}."),
    };

    /// <summary>A short title per status.</summary>
    public static string TitleOf(int status) => status switch
    {
        400 => "The request is wrong",
        401 => "Who are you?",
        403 => "Not allowed",
        404 => "Not found",
        405 => "No such method here",
        409 => "Not possible now",
        412 => "Someone was faster",
        413 => "Too large",
        415 => "Not this type of body",
        422 => "Not the same request",
        503 => "Unavailable",
        _ => "Failed",
    };

    private static IResult Malformed(JsonException json)
    {
        var (field, line, position, sentence) = JsonBody.Explain(json);
        return Document(400, "Malformed", sentence, [new ProblemField(field, "Malformed", sentence)], ("line", line), ("position", position));
    }

    private static IResult Document(int status, string code, string message, IReadOnlyList<ProblemField>? errors = null, params (string Name, object Value)[] more)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code, ["errors"] = errors ?? [] };
        foreach (var (name, value) in more)
            extensions[name] = value;
        return TypedResults.Problem(message, statusCode: status, title: TitleOf(status), extensions: extensions);
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
}
