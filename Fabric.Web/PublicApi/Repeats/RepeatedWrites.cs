using System.Security.Cryptography;
using System.Text;
using Fabric.Web.Access;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.PublicApi.Repeats;

/// <summary>
/// Carries a write that names an <c>Idempotency-Key</c> out once: a repeat gets the answer that was kept. A write that was refused had
/// no effect and is not kept, so its repeat is checked anew.
/// </summary>
internal sealed partial class RepeatedWrites(RequestDelegate next, KeptAnswers kept, RunningCalls running, ILogger<RepeatedWrites> logger)
{
    /// <summary>Header that names a call.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Header of an answer that was given before.</summary>
    public const string Replayed = "Idempotency-Replayed";

    /// <summary>Longest key, characters.</summary>
    public const int Longest = 255;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Headers.TryGetValue(Header, out var header) || HttpMethods.IsGet(context.Request.Method) || context.GetEndpoint() is null
            || !context.Request.Path.StartsWithSegments(PublicApi.Root) || ActorClaims.ToActor(context.User) is not { } actor)
        {
            await next(context);
            return;
        }

        if (header is not [{ Length: > 0 and <= Longest } key] || string.IsNullOrWhiteSpace(key))
        {
            await Problems.Invalid(Header, $"{Header} must be given once, with 1 to {Longest} characters; a UUID is a good one.").ExecuteAsync(context);
            return;
        }

        var once = new Once(key, await HashAsync(context.Request, context.RequestAborted));
        using var call = running.TryBegin(actor, once, out var same);
        if (call is null)
        {
            await (same ? Problems.Repeated(StatusCodes.Status409Conflict, "RequestRunning", $"The first request with this {Header} is still being carried out: ask again in a moment.") : Other()).ExecuteAsync(context);
            return;
        }

        var (row, whole) = await kept.FindAsync(actor, key, context.RequestAborted);
        if (row is not null)
        {
            await AnswerAsync(context, row, once);
            return;
        }

        // Whether or not the caller still listens, what was begun is brought to its end before a repeat is looked at.
        context.RequestAborted = CancellationToken.None;
        context.Features.Set(once);
        await (whole ? next(context) : InDoubtAsync(context, actor, once));
    }

    /// <summary>
    /// A cell that may have kept the answer did not say. What is committed with the key cannot be committed twice; but what is refused now may
    /// be refused because it was carried out before, so the cells are asked again before the refusal is sent.
    /// </summary>
    private async Task InDoubtAsync(HttpContext context, Actor actor, Once once)
    {
        var body = context.Response.Body;
        using var held = new MemoryStream();
        context.Response.Body = held;
        try
        {
            await next(context);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogRefused(logger, failure, context.Request.Path);
            context.Response.Body = body;
            if (await AnswerAgainAsync(context, actor, once, failure is RowConflictException))
                return;
            throw;
        }

        context.Response.Body = body;
        var status = context.Response.StatusCode;
        if (status >= StatusCodes.Status400BadRequest && await AnswerAgainAsync(context, actor, once, status is 404 or 409 or 412))
            return;
        held.Position = 0;
        await held.CopyToAsync(body);
    }

    /// <summary>Answers in place of a refusal, if the cells now say that there is an answer, or if one is silent still and the refusal may be the work of the first call.</summary>
    /// <returns>Whether it was answered.</returns>
    private async Task<bool> AnswerAgainAsync(HttpContext context, Actor actor, Once once, bool doubtful)
    {
        var (row, whole) = await FindAgainAsync(actor, once.Key);
        if (row is null && (whole || !doubtful))
            return false;
        (context.Response.ContentType, context.Response.ContentLength, context.Response.Headers.RetryAfter) = (null, null, default);
        await (row is not null ? AnswerAsync(context, row, once) : Unsure().ExecuteAsync(context));
        return true;
    }

    private async Task<(IdempotencyKey? Row, bool Whole)> FindAgainAsync(Actor actor, string key)
    {
        try
        {
            return await kept.FindAsync(actor, key, CancellationToken.None);
        }
        catch (Exception e) when (e is DirectoryUnreachableException or CellUnreachableException)
        {
            return (null, false);
        }
    }

    private static IResult Unsure() => Problems.Repeated(
        StatusCodes.Status503ServiceUnavailable, "OutcomeUnknown", $"A cell does not answer, so it is not known whether the request with this {Header} was carried out before. Send it again with the same {Header}, or look.");

    private static IResult Other() => Problems.Repeated(
        StatusCodes.Status422UnprocessableEntity, "KeyReused", $"This {Header} was used for another request: a new request needs a new key.");

    private async Task AnswerAsync(HttpContext context, IdempotencyKey row, Once once)
    {
        if (row.RequestHash != once.RequestHash)
        {
            await Other().ExecuteAsync(context);
            return;
        }

        if (kept.Open(row) is not { } body)
        {
            await Problems.Repeated(StatusCodes.Status409Conflict, "AnswerSealed", $"The request with this {Header} was carried out, but its answer was sealed by a master key that is gone: look at what it made.").ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = row.Status;
        context.Response.Headers[Replayed] = "true";
        if (row.Location is not null)
            context.Response.Headers.Location = row.Location;
        if (body.Length == 0)
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>What was asked: method, address, precondition and body.</summary>
    private static async Task<string> HashAsync(HttpRequest request, CancellationToken ct)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.Headers.IfMatch}\n"));
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;)
            hash.AppendData(buffer.AsSpan(0, read));
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
