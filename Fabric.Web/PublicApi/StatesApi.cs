using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;

namespace Fabric.Web.PublicApi;

/// <summary>Terraform's states: which versions there are, who works on them, an earlier one in force again. Texts are given to nobody but the owner of what was handed over.</summary>
internal static class StatesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/environments/{id:guid}/handover", TakeOverAsync).WithTags("Environments").WithName("TakeOver")
            .WithSummary("A ZIP archive with module, values and state of each entity that was handed over or abandoned. It holds secrets; each look is in the audit log.").Produces<byte[]>(200, "application/zip");
        var states = api.MapGroup("/environments/{id:guid}/entities/{node}/state").WithTags("Environments");
        states.MapGet("/", GetAsync).WithName("GetState").WithSummary("Versions of an entity's Terraform state, its lock, and the processes that may work on it. The vendor's alone.").Produces<StateBody>();
        states.MapPost("/{number:int}/restore", RestoreAsync).WithName("RestoreState").WithSummary("Puts an earlier version of the state in force again, as a new one with a higher serial. Refused while the state is locked.")
            .Produces<StateVersionBody>();
    }

    private static async Task<IResult> GetAsync(Guid id, string node, HttpContext context, ITerraformDesk desk, CancellationToken ct) =>
        (await desk.GetStateAsync(context.Actor(), id, node, ct)).Or(view => TypedResults.Ok(StateBody.Of(view)));

    private static async Task<IResult> TakeOverAsync(Guid id, HttpContext context, ITerraformDesk desk, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        return (await desk.TakeOverAsync(context.Actor(), id, ct)).Or(packed => TypedResults.File(packed, "application/zip", $"handover-{id:D}.zip"));
    }

    private static async Task<IResult> RestoreAsync(Guid id, string node, int number, ReasonRequest body, HttpContext context, ITerraformDesk desk, CancellationToken ct) =>
        (await desk.RestoreStateAsync(context.Actor(), id, node, number, body.Reason ?? "", ct)).Or(Answers.Restored);
}
