using System.Globalization;
using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;

namespace Fabric.Web.PublicApi;

/// <summary>Runs: look, approve, stop, retry, follow.</summary>
internal static class RunsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/runs/{id:guid}").WithTags("Runs");
        runs.MapGet("/", GetAsync).WithName("GetRun").WithSummary("A run with its steps, and what you may do with it.").Produces<RunBody>();
        runs.MapGet("/plan", PlanAsync).WithName("GetPlan").WithSummary("What the run does, per step, with the hash to approve.").Produces<PlanBody>();
        foreach (var verb in new[] { "approve", "reject", "cancel", "pause", "resume" })
        {
            runs.MapPost($"/{verb}", (Guid id, HttpContext context, IDesk desk, WordRequest? body, CancellationToken ct) => ActAsync(id, verb, context, desk, body, ct))
                .WithName($"{char.ToUpperInvariant(verb[0])}{verb[1..]}Run").WithSummary($"{char.ToUpperInvariant(verb[0])}{verb[1..]} the run.").Produces<RunLineBody>();
        }

        foreach (var verb in new[] { "approve", "reject", "retry", "skip" })
        {
            runs.MapPost($"/steps/{{node}}/{verb}", (Guid id, string node, HttpContext context, IDesk desk, WordRequest? body, CancellationToken ct) => ActOnStepAsync(id, node, verb, context, desk, body, ct))
                .WithName($"{char.ToUpperInvariant(verb[0])}{verb[1..]}Step").WithSummary($"{char.ToUpperInvariant(verb[0])}{verb[1..]} one step of the run.").Produces<StepBody>();
        }

        runs.MapGet("/events", EventsAsync).WithName("GetRunEvents").WithSummary("The run's journal after a cursor; as server-sent events when they are asked for.").Paged()
            .Produces<EventPage>(200, "application/json", "text/event-stream");
        runs.MapGet("/steps/{node}/log", StepLogOutput.ReadAsync).WithName("GetStepLog")
            .WithSummary("What was printed for a step, as text or as one JSON object per line. Fabric-Next is the 'after' to go on with, also at the end.")
            .Produces<string>(200, StepLogOutput.Text, StepLogOutput.JsonLines);
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) =>
        await desk.GetRunAsync(context.Actor(), id, ct) is { } view ? TypedResults.Ok(RunBody.Of(view)) : Problems.NotFound("run", id);

    private static async Task<IResult> PlanAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) =>
        await desk.GetRunAsync(context.Actor(), id, ct) is { } view ? TypedResults.Ok(PlanBody.Of(view)) : Problems.NotFound("run", id);

    private static async Task<IResult> ActAsync(Guid id, string verb, HttpContext context, IDesk desk, WordRequest? body, CancellationToken ct)
    {
        if (verb == "approve" && string.IsNullOrEmpty(body?.PlanHash))
            return Problems.Invalid("planHash", "planHash is missing: an approval names the plan it approves.");
        var actor = context.Actor();
        var outcome = await desk.ActOnRunAsync(actor, id, verb, body?.PlanHash, body?.Message ?? body?.Reason, ct);
        return await outcome.OrAsync(Answers.Run, async () => (await desk.GetRunAsync(actor, id, ct))?.Run.State);
    }

    private static async Task<IResult> ActOnStepAsync(Guid id, string node, string verb, HttpContext context, IDesk desk, WordRequest? body, CancellationToken ct)
    {
        var actor = context.Actor();
        var outcome = await desk.ActOnStepAsync(actor, id, node, verb, body?.Message ?? body?.Reason, ct);
        return await outcome.OrAsync(Answers.Step, async () => (await desk.GetRunAsync(actor, id, ct))?.Steps.FirstOrDefault(step => step.Node == node)?.State);
    }

    private static Task<IResult> EventsAsync(Guid id, HttpContext context, IDesk desk, TimeProvider time, CancellationToken ct) => context.PageAsync(async paging =>
    {
        var cursor = paging.Number(0);
        if (!cursor.Succeeded)
            return Problems.Of(cursor.Faults);
        var (actor, after) = (context.Actor(), cursor.Value);
        if (await desk.GetRunAsync(actor, id, ct) is not { } view)
            return Problems.NotFound("run", id);
        if (context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            if (long.TryParse(context.Request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var last))
                after = last;
            return TypedResults.ServerSentEvents(new RunStream(desk, actor, view.Run, time, context.StillHoldsAsync).ReadAsync(after, ct));
        }

        var events = await desk.GetEventsAsync(actor, view.Run.EnvironmentId, id, after, paging.Limit, ct);
        return TypedResults.Ok(EventPage.Of(events, after));
    });
}
