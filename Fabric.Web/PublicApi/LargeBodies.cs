using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Fabric.Web.PublicApi;

/// <summary>
/// Refuses a body by its length, before anybody uses it. What still arrives is read and thrown away for a while, for a caller who is cut off
/// in the middle of sending never sees why.
/// </summary>
internal sealed class LargeBodies(RequestDelegate next, IHostApplicationLifetime lifetime, TimeProvider time)
{
    // Nobody waits for the end of a larger one: its connection is closed.
    private const long MostDiscarded = 64 * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(PublicApi.Root) || context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize is not { } most
            || context.Request.ContentLength is not { } length || length <= most)
        {
            await next(context);
            return;
        }

        var discards = length <= MostDiscarded;
        if (discards && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostDiscarded;
        await Problems.TooLarge(most).ExecuteAsync(context);
        // Who asked first whether to send has heard that there is no need.
        if (discards && context.Request.Headers.Expect.Count == 0)
            await DiscardAsync(context);
    }

    private async Task DiscardAsync(HttpContext context)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopping, context.RequestAborted);
        try
        {
            await context.Response.CompleteAsync();
            await context.Request.Body.CopyToAsync(Stream.Null, enough.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The caller has gone, sends too slowly to be waited for, or the server stops: the answer was given.
        }
    }
}
