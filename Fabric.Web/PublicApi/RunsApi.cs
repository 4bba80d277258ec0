using Fabric.Web.Live;
using Fabric.Workflows.Runs;

namespace Fabric.Web.PublicApi;

/// <summary>Runs: look, approve, stop, retry, follow.</summary>
internal static class RunsApi
{
    private const int LargestPage = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/runs/{id:guid}").WithTags("Runs");
        runs.MapGet("/", GetAsync).WithName("GetRun").WithSummary("A run with its steps.").ProducesProblems();
        runs.MapGet("/plan", PlanAsync).WithName("GetPlan").WithSummary("What the run does, per step, with the hash to approve.").ProducesProblems();
        foreach (var verb in new[] { "approve", "reject", "cancel", "pause", "resume" })
        {
            runs.MapPost($"/{verb}", (Guid id, HttpContext context, IDesk desk, WordRequest? body, CancellationToken ct) => ActAsync(id, verb, context, desk, body, ct))
                .WithName($"{char.ToUpperInvariant(verb[0])}{verb[1..]}Run").WithSummary($"{char.ToUpperInvariant(verb[0])}{verb[1..]} the run.").ProducesProblems();
        }

        foreach (var verb in new[] { "approve", "reject", "retry", "skip" })
        {
            runs.MapPost($"/steps/{{node}}/{verb}", (Guid id, string node, HttpContext context, IDesk desk, WordRequest? body, CancellationToken ct) => ActOnStepAsync(id, node, verb, context, desk, body, ct))
                .WithName($"{char.ToUpperInvariant(verb[0])}{verb[1..]}Step").WithSummary($"{char.ToUpperInvariant(verb[0])}{verb[1..]} one step of the run.").ProducesProblems();
        }

        runs.MapGet("/events", EventsAsync).WithName("GetRunEvents").WithSummary("The run's journal after a cursor; as server-sent events when they are asked for.").ProducesProblems();
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) =>
        await desk.GetRunAsync(context.Actor(), id, ct) is { } view ? TypedResults.Ok(RunJson.Whole(view)) : Problems.NotFound("run", id);

    private static async Task<IResult> PlanAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) =>
        await desk.GetRunAsync(context.Actor(), id, ct) is { } view ? TypedResults.Ok(RunJson.Plan(view)) : Problems.NotFound("run", id);

    private static async Task<IResult> ActAsync(Guid id, string verb, HttpContext context, IDesk desk, WordRequest? body, CancellationToken ct)
    {
        if (verb == "approve" && string.IsNullOrEmpty(body?.PlanHash))
            return Problems.Invalid("planHash", "planHash is missing: an approval names the plan it approves.");
        return (await desk.ActOnRunAsync(context.Actor(), id, verb, body?.PlanHash, body?.Message ?? body?.Reason, ct)).Or(run => TypedResults.Ok(RunJson.Line(run)));
    }

    private static async Task<IResult> ActOnStepAsync(Guid id, string node, string verb, HttpContext context, IDesk desk, WordRequest? body, CancellationToken ct) =>
        (await desk.ActOnStepAsync(context.Actor(), id, node, verb, body?.Message ?? body?.Reason, ct)).Or(step => TypedResults.Ok(RunJson.Step(step)));

    private static async Task<IResult> EventsAsync(Guid id, HttpContext context, IDesk desk, TimeProvider time, CancellationToken ct, long after = 0, int limit = 200)
    {
        if (limit is < 1 or > LargestPage)
            return Problems.Invalid("limit", $"limit is {limit}; it must be between 1 and {LargestPage}.");
        var actor = context.Actor();
        if (await desk.GetRunAsync(actor, id, ct) is not { } view)
            return Problems.NotFound("run", id);
        if (context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            if (long.TryParse(context.Request.Headers["Last-Event-ID"].ToString(), out var last))
                after = last;
            return TypedResults.ServerSentEvents(new RunStream(desk, actor, view.Run, time).ReadAsync(after, ct));
        }

        var events = await desk.GetEventsAsync(actor, view.Run.EnvironmentId, id, after, limit, ct);
        return TypedResults.Ok(new { items = events.Select(RunJson.Event), next = events.Count > 0 ? events[^1].Sequence : after });
    }
}
