using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;

namespace Fabric.Web.PublicApi;

/// <summary>What stands in a network that is to be destroyed and Terraform does not know.</summary>
internal static class LeftoversApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var leftovers = api.MapGroup("/runs/{id:guid}/steps/{node}/leftovers").WithTags("Runs");
        leftovers.MapGet("/", FindAsync).WithName("ListLeftovers").WithSummary("What stands in the way of a network's end, looked up in the account now, in the order in which it can be removed.").Produces<LeftoversBody>();
        leftovers.MapPost("/remove", RemoveAsync).WithName("RemoveLeftovers").WithSummary("Removes what is named by its id, and nothing else. Retry the step when it is gone.").Produces<RemovalsBody>();
    }

    private static async Task<IResult> FindAsync(Guid id, string node, HttpContext context, ITerraformDesk desk, CancellationToken ct) =>
        (await desk.FindLeftoversAsync(context.Actor(), id, node, ct)).Or(found => TypedResults.Ok(new LeftoversBody([.. found.Select(LeftoverBody.Of)])));

    private static async Task<IResult> RemoveAsync(Guid id, string node, RemoveRequest body, HttpContext context, ITerraformDesk desk, CancellationToken ct) =>
        (await desk.RemoveLeftoversAsync(context.Actor(), id, node, body.Resources ?? [], body.Message ?? "", ct)).Or(Answers.Removed);
}
