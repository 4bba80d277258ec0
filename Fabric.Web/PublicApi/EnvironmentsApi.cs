using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Web.PublicApi;

/// <summary>Environments: create, look, change, delete.</summary>
internal static class EnvironmentsApi
{
    private const int LargestPage = 500;

    public static void Map(RouteGroupBuilder api)
    {
        var environments = api.MapGroup("/environments").WithTags("Environments");
        environments.MapPost("/", CreateAsync).WithName("CreateEnvironment").WithSummary("Creates an environment and starts its first run.").Produces<Created>(201).ProducesProblems();
        environments.MapGet("/", ListAsync).WithName("ListEnvironments").WithSummary("Lists environments; cells that do not answer are named.");
        environments.MapGet("/{id:guid}", GetAsync).WithName("GetEnvironment").WithSummary("An environment with its entities, their outputs and health. ETag is its revision.").ProducesProblems();
        environments.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteEnvironment").WithSummary("Destroys what Fabric made, in reverse order.").Produces<Accepted>(202).ProducesProblems();
        environments.MapPatch("/{id:guid}/parameters", PatchParametersAsync).WithName("ChangeParameters").WithSummary("Changes parameters by JSON merge patch; Fabric-Message says why, If-Match which revision was seen.").Accepts<JsonObject>("application/merge-patch+json", "application/json").Produces<Accepted>(202).ProducesProblems();
        environments.MapPatch("/{id:guid}", PatchAsync).WithName("ChangeEnvironment").WithSummary("Changes version, no-op flags or adopted outputs.").Produces<Accepted>(202).ProducesProblems();
        environments.MapGet("/{id:guid}/revisions", RevisionsAsync).WithName("ListRevisions").WithSummary("Revisions of the configuration, newest first.").ProducesProblems();
        environments.MapPost("/{id:guid}/operations/{name}", OperateAsync).WithName("RunOperation").WithSummary("Runs an operation of an entity.").Produces<Accepted>(202).ProducesProblems();
        environments.MapPost("/{id:guid}/runs", StartRunAsync).WithName("StartRun").WithSummary("Starts a run: apply, destroy or check.").Produces<Accepted>(202).ProducesProblems();
        environments.MapPost("/{id:guid}/enrollments", EnrollAsync).WithName("Enroll").WithSummary("A one-time token to connect an agent, and the manifests that carry it.").ProducesProblems();
    }

    private static async Task<IResult> CreateAsync(HttpContext context, CreateRequest body, IDesk desk, CancellationToken ct)
    {
        if (body.Missing() is { } missing)
            return missing;
        var request = new NewEnvironment(
            body.Tenant!, body.Name!, body.Blueprint!, body.Version, body.Cloud!, body.Region ?? "", body.Cell, body.Parameters ?? [], body.Noop ?? [], body.Adopted ?? [], body.AutoApprove ?? false);
        return (await desk.CreateAsync(context.Actor(), request, ct)).Or(done =>
            TypedResults.Created($"/api/v1/environments/{done.EnvironmentId}", new Created(done.EnvironmentId, done.RunId)));
    }

    private static async Task<IResult> ListAsync(HttpContext context, IDesk desk, CancellationToken ct, string? tenant = null, string? cursor = null, int limit = 100)
    {
        if (limit is < 1 or > LargestPage)
            return Problems.Invalid("limit", $"limit is {limit}; it must be between 1 and {LargestPage}.");
        var fleet = await desk.ListEnvironmentsAsync(context.Actor(), ct);
        var page = fleet.Environments.OrderBy(line => line.Environment.Id).Where(line => tenant is null || line.Environment.Tenant == tenant)
            .Where(line => cursor is null || string.CompareOrdinal(line.Environment.Id.ToString(), cursor) > 0).Take(limit + 1).ToList();
        var items = page.Take(limit).Select(line => EnvironmentJson.Line(line)).ToList();
        return TypedResults.Ok(new { items, next = page.Count > limit ? page[limit - 1].Environment.Id.ToString() : null, unreachable = fleet.Unreachable.Select(cell => cell.Cell) });
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct)
    {
        if (await desk.GetEnvironmentAsync(context.Actor(), id, ct) is not { } view)
            return Problems.NotFound("environment", id);
        context.Response.Headers.ETag = $"\"{view.Environment.Revision}\"";
        return TypedResults.Ok(EnvironmentJson.Whole(view));
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) =>
        (await desk.DeleteAsync(context.Actor(), id, context.ExpectedRevision(), ct)).Or(Accept);

    private static async Task<IResult> PatchParametersAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct)
    {
        if (await ReadObjectAsync(context, ct) is not { } patch)
            return Problems.Invalid("body", "The body must be a JSON object: a merge patch of the parameters.");
        return (await desk.ChangeParametersAsync(context.Actor(), id, patch, context.Message(), context.ExpectedRevision(), ct)).Or(Accept);
    }

    private static async Task<IResult> PatchAsync(Guid id, HttpContext context, ChangeRequest body, IDesk desk, CancellationToken ct) =>
        (await desk.ChangeBlueprintAsync(context.Actor(), id, new BlueprintChange(body.Version, body.Noop, body.Adopted, context.Message(), body.NoopNote), context.ExpectedRevision(), ct)).Or(Accept);

    private static async Task<IResult> RevisionsAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct)
    {
        var revisions = await desk.GetRevisionsAsync(context.Actor(), id, ct);
        return revisions.Count == 0 ? Problems.NotFound("environment", id) : TypedResults.Ok(new { items = revisions });
    }

    private static async Task<IResult> OperateAsync(Guid id, string name, OperationRequest body, HttpContext context, IDesk desk, CancellationToken ct) =>
        string.IsNullOrEmpty(body.Node)
            ? Problems.Invalid("node", "Say which node the operation is for.")
            : (await desk.StartRunAsync(context.Actor(), id, RunKind.Action, $"{body.Node}/{name}", ct)).Or(Accept);

    private static async Task<IResult> StartRunAsync(Guid id, RunRequest body, HttpContext context, IDesk desk, CancellationToken ct) =>
        Enum.TryParse<RunKind>(body.Kind, ignoreCase: true, out var kind) && kind is not RunKind.Action
            ? (await desk.StartRunAsync(context.Actor(), id, kind, null, ct)).Or(Accept)
            : Problems.Invalid("kind", $"'{body.Kind}' is no kind of run: use apply, destroy or check (operations have a route of their own).");

    private static async Task<IResult> EnrollAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) =>
        (await desk.EnrollAsync(context.Actor(), id, ct)).Or(made => TypedResults.Ok(new { token = made.Token, expiresAt = made.ExpiresAt, manifest = made.ClusterManifest, namespacedManifest = made.NamespacedManifest }));

    private static IResult Accept(ChangeAccepted done) =>
        TypedResults.Accepted($"/api/v1/runs/{done.RunId}", new Accepted(done.RunId, done.Revision > 0 ? done.Revision : null));

    private static async Task<JsonObject?> ReadObjectAsync(HttpContext context, CancellationToken ct)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: ct) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
