using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Persistence;
using Microsoft.AspNetCore.Http.Features;

namespace Fabric.Web.TerraformApi;

/// <summary>Terraform's work in a cell by the cell's slug; null when no such cell is open here.</summary>
internal delegate Workshop? WorkshopLookup(string cell);

/// <summary>Terraform's <c>http</c> backend: the state of each workspace, to the one process that holds its lease.</summary>
internal static class TerraformApi
{
    /// <summary>Where a workspace's state is; the same for as long as the workspace lives.</summary>
    public const string Route = "/terraform/v1/{cell}/{workspace:guid}";

    private const long LargestState = 512L << 20;
    private const int LargestLock = 64 << 10;
    private const string WrongPlace = "This lease's token was shown for another workspace.";

    public static void MapTerraformApi(this IEndpointRouteBuilder app)
    {
        var area = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();
        area.MapGet(Route, ReadAsync);
        area.MapPost(Route, WriteAsync);
        area.MapDelete(Route, DeleteAsync);
        area.MapMethods(Route, ["LOCK"], LockAsync);
        area.MapMethods(Route, ["UNLOCK"], UnlockAsync);
    }

    private static Task<IResult> ReadAsync(HttpContext http, string cell, Guid workspace, WorkshopLookup shops) => WithLeaseAsync(http, shops, cell, workspace, mustLive: true, async (shop, lease) =>
        await shop.States.ReadAsync(lease.EntityId, http.RequestAborted) is { } text ? Results.Bytes(text, "application/json") : Results.NoContent());

    private static Task<IResult> WriteAsync(HttpContext http, string cell, Guid workspace, WorkshopLookup shops) => WithLeaseAsync(http, shops, cell, workspace, mustLive: false, async (shop, lease) =>
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestState;
        var text = await BodyAsync(http, LargestState);
        if (text is null || !IsWhole(http.Request, text))
            return Answer(await shop.States.RefuseAsync(lease, new StateAnswer(StateVerdict.Corrupt, "The body is not whole: its length or checksum is another. Nothing was written."), CancellationToken.None));
        return Answer(await shop.States.PutAsync(lease, http.Request.Query["ID"].FirstOrDefault(), text, CancellationToken.None));
    });

    private static Task<IResult> DeleteAsync(HttpContext http, string cell, Guid workspace, WorkshopLookup shops) => WithLeaseAsync(http, shops, cell, workspace, mustLive: true, async (shop, lease) =>
        Answer(await shop.States.DeleteAsync(lease, http.RequestAborted)));

    private static Task<IResult> LockAsync(HttpContext http, string cell, Guid workspace, WorkshopLookup shops) => WithLeaseAsync(http, shops, cell, workspace, mustLive: true, async (shop, lease) =>
        await BodyAsync(http, LargestLock) is { } info ? Answer(await shop.States.LockAsync(lease, info, CancellationToken.None)) : Results.BadRequest());

    private static Task<IResult> UnlockAsync(HttpContext http, string cell, Guid workspace, WorkshopLookup shops) => WithLeaseAsync(http, shops, cell, workspace, mustLive: true, async (shop, lease) =>
        await BodyAsync(http, LargestLock) is { } info ? Answer(await shop.States.UnlockAsync(lease, info, CancellationToken.None)) : Results.BadRequest());

    /// <summary>
    /// Lets in who knows the token of a lease on this very workspace. A wrong name, token or workspace are one and the same answer, so nobody
    /// learns what exists. A late push of a lease that has ended is let through: what becomes of it is for the state book to say.
    /// </summary>
    private static async Task<IResult> WithLeaseAsync(HttpContext http, WorkshopLookup shops, string cell, Guid workspace, bool mustLive, Func<Workshop, Lease, Task<IResult>> act)
    {
        try
        {
            if (Credentials(http.Request) is not ({ } id, { } token) || shops(cell) is not { } shop
                || await shop.Leases.FindAsync(id, http.RequestAborted) is not { } lease)
                return Unknown(http);
            if (Wrong(shop, lease, workspace, token, mustLive) is not { } wrong)
                return await act(shop, lease);
            await shop.States.RefuseAsync(lease, new StateAnswer(StateVerdict.Conflict, wrong), CancellationToken.None);
            return wrong == WrongPlace ? Results.Problem("This lease is for another workspace.", statusCode: StatusCodes.Status403Forbidden) : Unknown(http);
        }
        catch (CellUnreachableException e)
        {
            return Results.Problem(e.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>What is wrong with a request that names a lease, for that lease's own audit log.</summary>
    private static string? Wrong(Workshop shop, Lease lease, Guid workspace, string token, bool mustLive)
    {
        if (!LeaseBook.IsTokenOf(lease, token))
            return "A wrong token was shown for this lease.";
        if (lease.EntityId != workspace)
            return WrongPlace;
        return mustLive && (lease.EndedAt is not null || lease.ExpiresAt <= shop.Time.GetUtcNow()) ? "The token of this lease was shown after its end." : null;
    }

    private static IResult Unknown(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"fabric\"";
        return Results.Problem("The token is not, or no longer, that of a lease here.", statusCode: StatusCodes.Status401Unauthorized);
    }

    private static (Guid Id, string Token)? Credentials(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || !Base64.IsValid(header.AsSpan(6)))
            return null;
        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(header[6..])).Split(':', 2);
        return parts.Length == 2 && Guid.TryParse(parts[0], out var id) ? (id, parts[1]) : null;
    }

    private static async Task<byte[]?> BodyAsync(HttpContext http, long largest)
    {
        if (http.Request.ContentLength > largest)
            return null;
        using var body = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 0, largest));
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (BadHttpRequestException)
        {
            return null;
        }

        return body.Length > largest ? null : body.ToArray();
    }

    /// <summary>Terraform sends an MD5 of the body with each state.</summary>
    private static bool IsWhole(HttpRequest request, byte[] body)
    {
        if (request.ContentLength is { } length && length != body.Length)
            return false;
        var checksum = request.Headers["Content-MD5"].ToString();
#pragma warning disable CA5351 // A checksum of the protocol's, not a signature.
        return checksum.Length == 0 || checksum == Convert.ToBase64String(MD5.HashData(body));
#pragma warning restore CA5351
    }

    private static IResult Answer(StateAnswer answer) => answer.Verdict switch
    {
        StateVerdict.Taken or StateVerdict.Same => Results.Ok(),
        StateVerdict.Locked => Results.Text(answer.Holder ?? "{}", "application/json", statusCode: StatusCodes.Status423Locked),
        StateVerdict.Corrupt => Results.Problem(answer.Message, statusCode: StatusCodes.Status400BadRequest),
        StateVerdict.None => Results.Problem(answer.Message, statusCode: StatusCodes.Status404NotFound),
        _ => Results.Problem(answer.Message, statusCode: StatusCodes.Status409Conflict),
    };
}
