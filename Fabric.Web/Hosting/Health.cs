using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Hosting;

/// <summary>Whether the process lives, and whether it can work. A broken cell is named; the rest goes on.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => TypedResults.Ok(new { status = "alive" })).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/readyz", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(FabricStorage storage, CancellationToken ct)
    {
        var directory = "reachable";
        try
        {
            await using var db = storage.Directory.Open(TenantScope.All);
            await db.Tenants.AnyAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            directory = "unreachable";
        }

        // Reasons name files and hosts, so they are for the console; here a cell is just reachable or not.
        var cells = storage.Cells.Slugs.ToDictionary(slug => slug, slug => storage.Cells.Unreachable.ContainsKey(slug) ? "unreachable" : "reachable");
        var ready = directory == "reachable" && cells.ContainsValue("reachable");
        return TypedResults.Json(new { status = ready ? "ready" : "not ready", directory, cells }, statusCode: ready ? 200 : 503);
    }
}
