using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;

namespace Fabric.Web.PublicApi;

/// <summary>Drift: what stands otherwise than it was deployed, and what is decided on it.</summary>
internal static class DriftApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var drift = api.MapGroup("/environments/{id:guid}/drift").WithTags("Environments");
        drift.MapGet("/", GetAsync).WithName("GetDrift").WithSummary("Resources that stand otherwise than they were deployed, and attributes that may.").Produces<DriftBody>();
        drift.MapPost("/{finding:guid}/revert", RevertAsync).WithName("RevertDrift").WithSummary("Starts a run that brings back what was deployed.").Produces<Accepted>(202);
        drift.MapPost("/{finding:guid}/adopt", AdoptAsync).WithName("AdoptDrift").WithSummary("Takes what stands into the environment's parameters and starts the run that converges to them. With the finding's fingerprint it is refused once something else differs.").OnWhatWasSeen().Produces<Accepted>(202);
        drift.MapPost("/{finding:guid}/ignore", IgnoreAsync).WithName("IgnoreDrift").WithSummary("Leaves a difference as it is until a date. With the finding's fingerprint it is refused once something else differs.").OnWhatWasSeen().Produces<FindingBody>();
        drift.MapPost("/{finding:guid}/mute", MuteAsync).WithName("MuteDrift").WithSummary("Lets an attribute of a resource type differ, in this environment.").Produces<MuteBody>();
        drift.MapDelete("/mutes/{mute:guid}", UnmuteAsync).WithName("UnmuteDrift").WithSummary("Takes a mute back: from the next look on a difference of the attribute is a finding again.").Produces(204);
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, ITerraformDesk desk, CancellationToken ct) =>
        await desk.GetDriftAsync(context.Actor(), id, ct) is { } view ? TypedResults.Ok(DriftBody.Of(view)) : Problems.NotFound("environment", id);

    private static async Task<IResult> RevertAsync(Guid id, Guid finding, HttpContext context, ITerraformDesk desk, CancellationToken ct) =>
        (await desk.RevertDriftAsync(context.Actor(), id, finding, ct)).Or(Answers.Accepted);

    private static async Task<IResult> AdoptAsync(Guid id, Guid finding, string? fingerprint, HttpContext context, ITerraformDesk desk, CancellationToken ct) =>
        (await desk.AdoptDriftAsync(context.Actor(), id, finding, fingerprint, ct)).Or(Answers.Accepted);

    private static async Task<IResult> IgnoreAsync(Guid id, Guid finding, string? fingerprint, IgnoreRequest body, HttpContext context, ITerraformDesk desk, CancellationToken ct) =>
        (await desk.IgnoreDriftAsync(context.Actor(), id, finding, fingerprint, body.Until, body.Reason ?? "", ct)).Or(Answers.Ignored);

    private static async Task<IResult> MuteAsync(Guid id, Guid finding, MuteRequest body, HttpContext context, ITerraformDesk desk, CancellationToken ct) =>
        (await desk.MuteDriftAsync(context.Actor(), id, finding, body.Path ?? "", body.Reason ?? "", ct)).Or(Answers.Muted);

    private static async Task<IResult> UnmuteAsync(Guid id, Guid mute, HttpContext context, ITerraformDesk desk, CancellationToken ct) =>
        (await desk.UnmuteDriftAsync(context.Actor(), id, mute, ct)).Or(_ => Answers.Nothing);
}
