using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Fabric.Web.PublicApi;

/// <summary>
/// Refuses a body by its length, before anybody reads it. The server throws away what still arrives, for a caller who is cut off in the
/// middle of sending never sees why.
/// </summary>
internal sealed class LargeBodies(RequestDelegate next)
{
    // Nobody waits for the end of a larger one: its connection is closed.
    private const long MostDiscarded = 64 * 1024 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(PublicApi.Root) || context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize is not { } most
            || context.Request.ContentLength is not { } length || length <= most)
            return next(context);
        if (length <= MostDiscarded && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostDiscarded;
        return Problems.TooLarge(most).ExecuteAsync(context);
    }
}
