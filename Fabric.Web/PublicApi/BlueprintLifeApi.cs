using System.Globalization;
using System.Text.Json.Serialization;
using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Starts;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Engine;

namespace Fabric.Web.PublicApi;

/// <summary>The life of blueprints around publishing: what a draft would do, stages of versions, going back, deriving.</summary>
internal static class BlueprintLifeApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var blueprint = api.MapGroup("/blueprints/{name}").WithTags("Blueprints");
        blueprint.MapGet("/", GetAsync).WithName("GetBlueprint").WithSummary("Where a blueprint is: its draft, its newest version, bases that moved on. The vendor's roles only.").Produces<BlueprintBody>();
        blueprint.MapGet("/versions", VersionsAsync).WithName("ListBlueprintVersions").WithSummary("Every published version with its stage.").Paged().Produces<Page<VersionBody>>();
        blueprint.MapGet("/impact", ImpactAsync).WithName("GetBlueprintImpact")
            .WithSummary("For each environment of the blueprint, whether it could become this version and what would change; of the draft when no version is named. The vendor's roles only.").Produces<BlueprintImpact>();
        blueprint.MapPost("/derive", DeriveAsync).WithName("DeriveBlueprint").WithSummary("Makes a draft that extends this blueprint and leaves some of its nodes out.").Produces<DraftBody>(201);
        var version = blueprint.MapGroup("/versions/{number:int}");
        version.MapPost("/deprecate", DeprecateAsync).WithName("DeprecateVersion").WithSummary("Environments keep the version; nothing new should start on it.").Produces<VersionBody>();
        version.MapPost("/retire", RetireAsync).WithName("RetireVersion").WithSummary("Nobody may use the version any more. Refused while an environment does, or a cell does not say.").Produces<VersionBody>();
        version.MapPost("/reinstate", ReinstateAsync).WithName("ReinstateVersion").WithSummary("Makes a deprecated or retired version one to be used again.").Produces<VersionBody>();
        version.MapPost("/restore", RestoreAsync).WithName("RestoreVersion").WithSummary("Makes the version's text the draft. Needs If-Match with the ETag of the draft that it replaces.").AtRevision().Produces<DraftBody>();
    }

    private static async Task<IResult> GetAsync(string name, HttpContext context, IBlueprintDesk desk, CancellationToken ct)
    {
        var actor = context.Actor();
        if (!actor.IsVendor)
            return Problems.Of([new OperationFault(FaultKind.Forbidden, "Forbidden", $"Drafts are the vendor's; the role {actor.Role} reads published versions.")]);
        return await desk.GetAsync(actor, name, ct) is { } life ? TypedResults.Ok(BlueprintBody.Of(life, actor)) : Problems.NotFound("blueprint", name);
    }

    private static Task<IResult> VersionsAsync(string name, HttpContext context, BlueprintLibrary library, CancellationToken ct) => context.PageAsync(async paging =>
    {
        var versions = await library.VersionsAsync(name, ct);
        return versions.Count > 0
            ? TypedResults.Ok(paging.Take(versions, version => version.Version.ToString("D9", CultureInfo.InvariantCulture), VersionBody.Of))
            : Problems.NotFound("published blueprint", name);
    });

    private static async Task<IResult> ImpactAsync(string name, HttpContext context, IBlueprintDesk desk, CancellationToken ct, string? version = null)
    {
        int? number = null;
        if (version is not null)
        {
            if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var given))
                return Problems.Invalid("version", $"version is '{version}'; give the number of a published version, or leave it out for the draft.");
            number = given;
        }

        return (await desk.ImpactAsync(context.Actor(), name, number, ct)).Or(TypedResults.Ok);
    }

    private static async Task<IResult> DeriveAsync(string name, DeriveRequest body, HttpContext context, BlueprintStarts starts, KeptAnswers kept, CancellationToken ct)
    {
        var actor = context.Actor();
        return (await starts.DeriveAsync(actor, name, body.Name, body.Title, body.Noop ?? [], ct, compiled => kept.Rows(actor, Answers.Derived(compiled)))).Or(Answers.Derived);
    }

    private static Task<IResult> DeprecateAsync(string name, int number, StageRequest body, HttpContext context, VersionStages stages, KeptAnswers kept, CancellationToken ct) =>
        MoveAsync(name, number, StageMove.Deprecate, body.Reason, context, stages, kept, ct);

    private static Task<IResult> RetireAsync(string name, int number, StageRequest body, HttpContext context, VersionStages stages, KeptAnswers kept, CancellationToken ct) =>
        MoveAsync(name, number, StageMove.Retire, body.Reason, context, stages, kept, ct);

    private static Task<IResult> ReinstateAsync(string name, int number, HttpContext context, VersionStages stages, KeptAnswers kept, CancellationToken ct) =>
        MoveAsync(name, number, StageMove.Reinstate, "", context, stages, kept, ct);

    private static async Task<IResult> MoveAsync(string name, int number, StageMove move, string reason, HttpContext context, VersionStages stages, KeptAnswers kept, CancellationToken ct)
    {
        var actor = context.Actor();
        return (await stages.MoveAsync(actor, name, number, move, reason, ct, version => kept.Rows(actor, Answers.Staged(version)))).Or(Answers.Staged);
    }

    private static async Task<IResult> RestoreAsync(string name, int number, HttpContext context, BlueprintLibrary library, KeptAnswers kept, CancellationToken ct)
    {
        var actor = context.Actor();
        if (context.Request.Headers.IfMatch.Count == 0)
            return Problems.Invalid("If-Match", $"The draft of {name} would be overwritten: send the ETag of the draft that you read as If-Match, or * to overwrite whatever is there.");
        if (await library.VersionAsync(name, number, ct) is not { } version)
            return Problems.NotFound($"version of blueprint {name}", number);
        return (await library.PutDraftAsync(actor, name, version.Yaml, context.ExpectedRevision(), ct, compiled => kept.Rows(actor, Answers.Drafted(compiled)))).Or(Answers.Drafted);
    }
}

/// <summary>A blueprint that derives from another.</summary>
/// <param name="Name">Its name, a slug that is free.</param>
/// <param name="Title">Its title; the base's when left out.</param>
/// <param name="Noop">Nodes of the base that it leaves out.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeriveRequest(string Name, string? Title = null, IReadOnlyList<string>? Noop = null);

/// <summary>Why a version is not to be used any more.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StageRequest(string Reason);
