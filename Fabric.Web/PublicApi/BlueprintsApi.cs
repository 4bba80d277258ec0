using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;

namespace Fabric.Web.PublicApi;

/// <summary>Entity types, and the life of blueprints: draft, publish, versions, diff. Drafts are the vendor's; versions are everybody's.</summary>
internal static class BlueprintsApi
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/entity-types", EntityTypesAsync).WithTags("Catalog").WithName("ListEntityTypes").WithSummary("Entity types of the catalog, all versions.").Paged().Produces<Page<EntityTypeBody>>();
        var blueprints = api.MapGroup("/blueprints").WithTags("Blueprints");
        blueprints.MapGet("/", ListAsync).WithName("ListBlueprints").WithSummary("The newest published version of every blueprint.").Paged().Produces<Page<BlueprintLineBody>>();
        blueprints.MapGet("/{name}/draft", DraftAsync).WithName("GetDraft").WithSummary("The draft, as it was written. ETag is its version. The vendor's roles only.").Produces<string>(200, "application/yaml");
        blueprints.MapPut("/{name}/draft", PutDraftAsync).WithName("PutDraft").WithSummary("Keeps a draft, at most 1 MiB of text, and lists its faults with line and column.")
            .AtRevision().Accepts<string>("application/yaml", "application/x-yaml", "text/yaml").Produces<DraftBody>();
        blueprints.MapPost("/{name}/publish", PublishAsync).WithName("PublishBlueprint").WithSummary("Publishes the draft as the next, immutable version.").AtRevision().Produces<PublishedBody>();
        blueprints.MapGet("/{name}/versions/{number:int}", VersionAsync).WithName("GetBlueprintVersion").WithSummary("A published version, as YAML or JSON by Accept; with format=elsa3 as an Elsa 3 workflow definition.").Produces<JsonObject>(200, "application/json", "application/yaml");
        ElsaApi.Map(blueprints);
        blueprints.MapGet("/{name}/diff", DiffAsync).WithName("DiffBlueprint").WithSummary("What changed between two versions; 'draft' stands for the draft, which only the vendor's roles see.").Produces<BlueprintDiff>();
    }

    private static Task<IResult> EntityTypesAsync(HttpContext context, EntityCatalog catalog) => context.PageAsync(paging =>
        Task.FromResult<IResult>(TypedResults.Ok(paging.Take(catalog.All, type => $"{type.Name}@{type.Version}", EntityTypeBody.Of))));

    private static Task<IResult> ListAsync(HttpContext context, BlueprintLibrary library, CancellationToken ct) => context.PageAsync(async paging =>
        TypedResults.Ok(paging.Take(
            await library.NewestAsync(ct),
            blueprint => blueprint.Name,
            blueprint => new BlueprintLineBody(blueprint.Name, blueprint.Title, blueprint.Description, blueprint.Version, blueprint.Hash))));

    private static async Task<IResult> DraftAsync(string name, HttpContext context, BlueprintLibrary library, CancellationToken ct)
    {
        var actor = context.Actor();
        if (!actor.IsVendor)
            return Problems.Of([NotYours(context)]);
        if (await library.DraftAsync(name, ct) is not { } draft)
            return Problems.NotFound("blueprint", name);
        context.Response.Headers.ETag = $"\"{draft.DraftVersion}\"";
        return TypedResults.Text(draft.Draft, "application/yaml", Encoding.UTF8);
    }

    private static async Task<IResult> PutDraftAsync(string name, HttpContext context, BlueprintLibrary library, KeptAnswers kept, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, ct);
        string yaml;
        try
        {
            yaml = Utf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException e)
        {
            return Problems.Invalid("body", $"The text is not UTF-8: look at byte {e.Index + 1}.");
        }

        var actor = context.Actor();
        return (await library.PutDraftAsync(actor, name, yaml, context.ExpectedRevision(), ct, compiled => kept.Rows(actor, Answers.Drafted(compiled)))).Or(Answers.Drafted);
    }

    private static async Task<IResult> PublishAsync(string name, PublishRequest? body, HttpContext context, BlueprintLibrary library, KeptAnswers kept, CancellationToken ct)
    {
        var actor = context.Actor();
        return (await library.PublishAsync(actor, name, body?.Message ?? "", ct, blueprint => kept.Rows(actor, Answers.Published(blueprint)), context.ExpectedRevision())).Or(Answers.Published);
    }

    private static async Task<IResult> VersionAsync(string name, int number, HttpContext context, BlueprintLibrary library, CancellationToken ct, string? format = null)
    {
        if (format is not (null or ElsaApi.Format))
            return ElsaApi.UnknownFormat(format);
        if (await library.VersionAsync(name, number, ct) is not { } version)
            return Problems.NotFound($"version of blueprint {name}", number);
        if (format is not null)
            return ElsaApi.Export(version);
        return context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Ok(JsonNode.Parse(version.Json))
            : TypedResults.Text(version.Yaml, "application/yaml", Encoding.UTF8);
    }

    private static async Task<IResult> DiffAsync(string name, HttpContext context, BlueprintReads reads, CancellationToken ct, string? from = null, string? to = null)
    {
        var compiled = new List<CompiledBlueprint>();
        foreach (var (field, text) in new[] { ("from", from), ("to", to) })
        {
            if (!TryReadSide(text, out var number))
                return Problems.Invalid(field, $"{field} is '{text}'; give the number of a published version, or 'draft'.");
            if (number is null && !context.Actor().IsVendor)
                return Problems.Of([NotYours(context)]);
            var side = await reads.SideAsync(name, number, ct);
            if (!side.Succeeded)
                return Problems.Of(side.Faults);
            if (side.Value.Compiled is not { } blueprint)
                return Problems.Of([.. side.Value.Side.Faults.Select(fault => new OperationFault(FaultKind.Invalid, fault.Code, fault.ToString(), field))]);
            compiled.Add(blueprint);
        }

        return TypedResults.Ok(BlueprintDiff.Compare(compiled[0], compiled[1]));
    }

    private static bool TryReadSide(string? text, out int? number)
    {
        number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
        return number is not null || text == "draft";
    }

    private static OperationFault NotYours(HttpContext context) =>
        new(FaultKind.Forbidden, "Forbidden", $"Drafts are the vendor's; the role {context.Actor().Role} reads published versions.");
}

/// <summary>Why a version is published.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PublishRequest(string? Message = null);
