using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Web.PublicApi;

/// <summary>Environments: create, look, change, delete.</summary>
internal static class EnvironmentsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var environments = api.MapGroup("/environments").WithTags("Environments");
        environments.MapPost("/", CreateAsync).WithName("CreateEnvironment").WithSummary("Creates an environment and starts its first run.").Produces<Created>(201);
        environments.MapGet("/", ListAsync).WithName("ListEnvironments").WithSummary("Lists environments; cells that do not answer are named.").Paged().Produces<EnvironmentPage>();
        environments.MapGet("/{id:guid}", GetAsync).WithName("GetEnvironment").WithSummary("An environment with its entities, their outputs and health. ETag is its revision.").Produces<EnvironmentBody>();
        environments.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteEnvironment").WithSummary("Destroys what Fabric made, in reverse order.").AtRevision().Produces<Accepted>(202);
        environments.MapPatch("/{id:guid}/parameters", PatchParametersAsync).WithName("ChangeParameters").WithSummary("Changes parameters by JSON merge patch.")
            .AtRevision().WithMessage().Accepts<JsonObject>("application/merge-patch+json", "application/json").Produces<Accepted>(202);
        environments.MapPatch("/{id:guid}", PatchAsync).WithName("ChangeEnvironment").WithSummary("Changes version, no-op flags or adopted outputs.").AtRevision().Produces<Accepted>(202);
        environments.MapGet("/{id:guid}/revisions", RevisionsAsync).WithName("ListRevisions").WithSummary("Revisions of the configuration, newest first.").Paged().Produces<Page<RevisionBody>>();
        environments.MapGet("/{id:guid}/events", EventsAsync).WithName("ListEnvironmentEvents").WithSummary("The environment's journal after a cursor: its runs' lines, and what belongs to no run, such as drift.").Paged().Produces<EventPage>();
        environments.MapPost("/{id:guid}/operations/{name}", OperateAsync).WithName("RunOperation").WithSummary("Runs an operation of an entity.").AtRevision().Produces<Accepted>(202);
        environments.MapPost("/{id:guid}/runs", StartRunAsync).WithName("StartRun").WithSummary("Starts a run: apply, destroy, check, or handOver, which lets go of everything as it stands.").AtRevision().Produces<Accepted>(202);
        environments.MapPost("/{id:guid}/enrollments", EnrollAsync).WithName("Enroll").WithSummary("A one-time token to connect an agent, and the manifests that carry it.").Produces<EnrollmentBody>();
    }

    private static async Task<IResult> CreateAsync(HttpContext context, CreateRequest body, IDesk desk, CancellationToken ct)
    {
        if (body.Missing() is { } missing)
            return missing;
        var request = new NewEnvironment(
            body.Tenant, body.Name, body.Blueprint, body.Version, body.Cloud, body.Region ?? "", body.Cell, body.Parameters ?? [], body.Noop ?? [], body.Adopted ?? [], body.AutoApprove ?? false) { Account = body.Account };
        return (await desk.CreateAsync(context.Actor(), request, ct)).Or(Answers.Created);
    }

    private static Task<IResult> ListAsync(HttpContext context, IDesk desk, CancellationToken ct, string? tenant = null) => context.PageAsync(async paging =>
    {
        var fleet = await desk.ListEnvironmentsAsync(context.Actor(), ct);
        var page = paging.Take(fleet.Environments.Where(line => tenant is null || line.Environment.Tenant == tenant), line => line.Environment.Id.ToString(), EnvironmentLineBody.Of);
        return TypedResults.Ok(new EnvironmentPage(page.Items, page.Next, [.. fleet.Unreachable.Select(cell => cell.Cell)]));
    });

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct)
    {
        if (await desk.GetEnvironmentAsync(context.Actor(), id, ct) is not { } view)
            return Problems.NotFound("environment", id);
        context.Response.Headers.ETag = $"\"{view.Environment.Revision}\"";
        return TypedResults.Ok(EnvironmentBody.Of(view));
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) =>
        await AnswerAsync(id, context, desk, await desk.DeleteAsync(context.Actor(), id, context.ExpectedRevision(), ct), ct);

    private static async Task<IResult> PatchParametersAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct)
    {
        if (await JsonBody.ReadAsync(context, ct) is not JsonObject patch)
            return Problems.Invalid("body", "The body must be a JSON object: a merge patch of the parameters, such as {\"servers\": 5}.");
        return await AnswerAsync(id, context, desk, await desk.ChangeParametersAsync(context.Actor(), id, patch, context.Message(), context.ExpectedRevision(), ct), ct);
    }

    private static async Task<IResult> PatchAsync(Guid id, HttpContext context, ChangeRequest body, IDesk desk, CancellationToken ct) =>
        await AnswerAsync(
            id, context, desk, await desk.ChangeBlueprintAsync(context.Actor(), id, new BlueprintChange(body.Version, body.Noop, body.Adopted, context.Message(), body.NoopNote), context.ExpectedRevision(), ct), ct);

    private static Task<IResult> RevisionsAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) => context.PageAsync(async paging =>
    {
        var before = paging.Number(long.MaxValue);
        if (!before.Succeeded)
            return Problems.Of(before.Faults);
        var revisions = await desk.GetRevisionsAsync(context.Actor(), id, ct);
        if (revisions.Count == 0)
            return Problems.NotFound("environment", id);
        var page = revisions.Where(row => row.Number < before.Value).Take(paging.Limit + 1).ToList();
        return TypedResults.Ok(new Page<RevisionBody>([.. page.Take(paging.Limit).Select(RevisionBody.Of)], page.Count > paging.Limit ? $"{page[paging.Limit - 1].Number}" : null));
    });

    private static Task<IResult> EventsAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) => context.PageAsync(async paging =>
    {
        var after = paging.Number(0);
        if (!after.Succeeded)
            return Problems.Of(after.Faults);
        if (await desk.GetEnvironmentAsync(context.Actor(), id, ct) is null)
            return Problems.NotFound("environment", id);
        var events = await desk.GetEventsAsync(context.Actor(), id, null, after.Value, paging.Limit, ct);
        return TypedResults.Ok(EventPage.Of(events, after.Value));
    });

    private static async Task<IResult> OperateAsync(Guid id, string name, OperationRequest body, HttpContext context, IDesk desk, CancellationToken ct) =>
        string.IsNullOrEmpty(body.Node)
            ? Problems.Invalid("node", "Say which node the operation is for.")
            : await AnswerAsync(id, context, desk, await desk.StartRunAsync(context.Actor(), id, RunKind.Action, $"{body.Node}/{name}", context.ExpectedRevision(), ct), ct);

    private static async Task<IResult> StartRunAsync(Guid id, RunRequest body, HttpContext context, IDesk desk, CancellationToken ct) =>
        Enum.TryParse<RunKind>(body.Kind, ignoreCase: true, out var kind) && kind is RunKind.Apply or RunKind.Destroy or RunKind.Check or RunKind.HandOver
            ? await AnswerAsync(id, context, desk, await desk.StartRunAsync(context.Actor(), id, kind, null, context.ExpectedRevision(), ct), ct)
            : Problems.Invalid("kind", $"'{body.Kind}' is no kind of run: use apply, destroy, check or handOver (operations have a route of their own).");

    private static async Task<IResult> EnrollAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) =>
        (await desk.EnrollAsync(context.Actor(), id, ct)).Or(Answers.Enrolled);

    private static Task<IResult> AnswerAsync(Guid id, HttpContext context, IDesk desk, Outcome<ChangeAccepted> outcome, CancellationToken ct) => outcome.OrAsync(
        Answers.Accepted, async () => (await desk.GetEnvironmentAsync(context.Actor(), id, ct))?.Environment.State);
}
