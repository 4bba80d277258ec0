namespace Fabric.Web.PublicApi;

/// <summary>The route honours <c>If-Match</c>.</summary>
internal sealed record HonoursRevision;

/// <summary>The route takes the <c>fingerprint</c> of what the caller looked at.</summary>
internal sealed record HonoursFingerprint;

/// <summary>The route lists by <c>cursor</c> and <c>limit</c>.</summary>
internal sealed record ListsByCursor;

/// <summary>The route keeps <c>Fabric-Message</c>.</summary>
internal sealed record TakesMessage;

/// <summary>What routes have in common, said where they are mapped: it works, and it stands in the OpenAPI document.</summary>
internal static class Routes
{
    /// <summary>Checks <c>If-Match</c> before the handler reads it.</summary>
    public static RouteHandlerBuilder AtRevision(this RouteHandlerBuilder route) => route.WithMetadata(new HonoursRevision()).AddEndpointFilter(async (call, next) =>
        Caller.TryReadRevision(call.HttpContext, out _)
            ? await next(call)
            : Problems.Invalid("If-Match", $"If-Match is '{call.HttpContext.Request.Headers.IfMatch}'; give the ETag of what you read, such as \"3\", or *."));

    /// <summary>The handler decides on what its <c>fingerprint</c> names, and on nothing else.</summary>
    public static RouteHandlerBuilder OnWhatWasSeen(this RouteHandlerBuilder route) => route.WithMetadata(new HonoursFingerprint());

    /// <summary>The handler reads <c>cursor</c> and <c>limit</c> by <see cref="PageAsync"/>.</summary>
    public static RouteHandlerBuilder Paged(this RouteHandlerBuilder route) => route.WithMetadata(new ListsByCursor());

    /// <summary>The handler reads <c>Fabric-Message</c>.</summary>
    public static RouteHandlerBuilder WithMessage(this RouteHandlerBuilder route) => route.WithMetadata(new TakesMessage());

    /// <summary>Answers a list; a fault when <c>cursor</c> or <c>limit</c> is wrong.</summary>
    public static async Task<IResult> PageAsync(this HttpContext context, Func<Paging, Task<IResult>> list)
    {
        var paging = Paging.Of(context);
        return paging.Succeeded ? await list(paging.Value) : Problems.Of(paging.Faults);
    }
}
