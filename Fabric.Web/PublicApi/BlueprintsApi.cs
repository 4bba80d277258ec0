using System.Text;
using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;

namespace Fabric.Web.PublicApi;

/// <summary>Entity types, and the life of blueprints: draft, publish, versions, diff.</summary>
internal static class BlueprintsApi
{
    private const int LargestDraft = 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/entity-types", EntityTypes).WithTags("Catalog").WithName("ListEntityTypes").WithSummary("Entity types of the catalog, all versions.");
        var blueprints = api.MapGroup("/blueprints").WithTags("Blueprints");
        blueprints.MapGet("/", ListAsync).WithName("ListBlueprints").WithSummary("The newest published version of every blueprint.");
        blueprints.MapGet("/{name}/draft", DraftAsync).WithName("GetDraft").WithSummary("The draft, as it was written.").ProducesProblems();
        blueprints.MapPut("/{name}/draft", PutDraftAsync).WithName("PutDraft").WithSummary("Keeps a draft and lists its faults with line and column.").Accepts<string>("application/yaml").ProducesProblems();
        blueprints.MapPost("/{name}/publish", PublishAsync).WithName("PublishBlueprint").WithSummary("Publishes the draft as the next, immutable version.").ProducesProblems();
        blueprints.MapGet("/{name}/versions/{number:int}", VersionAsync).WithName("GetBlueprintVersion").WithSummary("A published version, as YAML or JSON by Accept.").ProducesProblems();
        blueprints.MapGet("/{name}/diff", DiffAsync).WithName("DiffBlueprint").WithSummary("What changed between two versions.").ProducesProblems();
    }

    private static IResult EntityTypes(EntityCatalog catalog) => TypedResults.Ok(new
    {
        items = catalog.All.Select(type => new
        {
            name = type.Name,
            version = type.Version,
            hash = type.Hash,
            title = type.Title,
            description = type.Description,
            category = type.Category,
            config = type.Config,
            outputs = type.Outputs,
            on = type.Implementations.Select(implementation => implementation.On),
            operations = type.Operations.Keys,
        }),
    });

    private static async Task<IResult> ListAsync(BlueprintLibrary library, CancellationToken ct) => TypedResults.Ok(new
    {
        items = (await library.NewestAsync(ct)).Select(blueprint => new { name = blueprint.Name, title = blueprint.Title, description = blueprint.Description, version = blueprint.Version, hash = blueprint.Hash }),
    });

    private static async Task<IResult> DraftAsync(string name, HttpContext context, BlueprintLibrary library, CancellationToken ct)
    {
        if (await library.DraftAsync(name, ct) is not { } draft)
            return Problems.NotFound("blueprint", name);
        context.Response.Headers.ETag = $"\"{draft.DraftVersion}\"";
        return TypedResults.Text(draft.Draft, "application/yaml", Encoding.UTF8);
    }

    private static async Task<IResult> PutDraftAsync(string name, HttpContext context, BlueprintLibrary library, CancellationToken ct)
    {
        if (context.Request.ContentLength > LargestDraft)
            return Problems.Invalid("body", "A blueprint has at most 1 MiB of text.");
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var yaml = await reader.ReadToEndAsync(ct);
        return (await library.PutDraftAsync(context.Actor(), name, yaml, context.ExpectedRevision(), ct)).Or(compiled => TypedResults.Ok(new
        {
            valid = compiled.Blueprint is not null,
            faults = compiled.Faults.Select(fault => new { code = fault.Code, file = fault.File, line = fault.Line, column = fault.Column, message = fault.Message, node = fault.Node, field = fault.Field }),
        }));
    }

    private static async Task<IResult> PublishAsync(string name, PublishRequest? body, HttpContext context, BlueprintLibrary library, CancellationToken ct) =>
        (await library.PublishAsync(context.Actor(), name, body?.Message ?? "", ct)).Or(blueprint =>
            TypedResults.Ok(new { name = blueprint.Name, version = blueprint.Version, hash = blueprint.Hash }));

    private static async Task<IResult> VersionAsync(string name, int number, HttpContext context, BlueprintLibrary library, CancellationToken ct)
    {
        if (await library.VersionAsync(name, number, ct) is not { } version)
            return Problems.NotFound($"version of blueprint {name}", number);
        return context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Ok(JsonNode.Parse(version.Json))
            : TypedResults.Text(version.Yaml, "application/yaml", Encoding.UTF8);
    }

    private static async Task<IResult> DiffAsync(string name, int from, int to, BlueprintLibrary library, CancellationToken ct)
    {
        if (await library.VersionAsync(name, from, ct) is not { } a)
            return Problems.NotFound($"version of blueprint {name}", from);
        if (await library.VersionAsync(name, to, ct) is not { } b)
            return Problems.NotFound($"version of blueprint {name}", to);
        return TypedResults.Ok(BlueprintDiff.Compare(CompiledBlueprint.FromJson(a.Json), CompiledBlueprint.FromJson(b.Json)));
    }
}

/// <summary>Why a version is published.</summary>
public sealed record PublishRequest(string? Message);
