using System.Text.Json;

namespace Fabric.Web.PublicApi.Repeats;

/// <summary>The answer to a write that was carried out. Made of what was done alone, so that it is the same when it is given again.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">What is sent as JSON; null for nothing.</param>
/// <param name="Location">Where to find what was made; null for nowhere.</param>
internal sealed record Answer(int Status, object? Body = null, string? Location = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (Location is not null)
            httpContext.Response.Headers.Location = Location;
        return Body is null ? Task.CompletedTask : httpContext.Response.WriteAsJsonAsync(Body, Body.GetType(), httpContext.RequestAborted);
    }

    /// <summary>The body as it is sent.</summary>
    public byte[] Bytes(JsonSerializerOptions json) => Body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(Body, Body.GetType(), json);
}
