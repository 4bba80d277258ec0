using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.PublicApi;

/// <summary>Lets operators make the simulated cloud fail, and read what was done to it. Simulated environments only.</summary>
internal static class SandboxApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var sandbox = api.MapGroup("/environments/{id:guid}/sandbox").WithTags("Sandbox");
        sandbox.MapPost("/faults", InjectAsync).WithName("InjectFault").WithSummary("Makes the next applications of a node go wrong.").ProducesProblems();
        sandbox.MapPost("/tamper", TamperAsync).WithName("Tamper").WithSummary("Changes what stands behind Fabric's back.").ProducesProblems();
        sandbox.MapGet("/applications", ApplicationsAsync).WithName("CountApplications").WithSummary("How often each step was applied, by operation key.").ProducesProblems();
    }

    private static Task<IResult> InjectAsync(Guid id, FaultRequest body, HttpContext context, IDesk desk, SandboxWorld world, CancellationToken ct) => OnSimulatedAsync(id, context, desk, async () =>
    {
        if (string.IsNullOrEmpty(body.Node))
            return Problems.Invalid("node", "Say which node is to fail.");
        if (!Enum.TryParse<SandboxFaultKind>(body.Kind, ignoreCase: true, out var kind))
            return Problems.Invalid("kind", $"'{body.Kind}' is no kind of failure: use {string.Join(", ", Enum.GetNames<SandboxFaultKind>())}.");
        await world.InjectAsync(id, body.Node, new SandboxFault(kind, body.Times ?? 1, TimeSpan.FromMilliseconds(body.DelayMs ?? 0)));
        return TypedResults.Ok(new { node = body.Node, kind, times = body.Times ?? 1 });
    }, ct);

    private static Task<IResult> TamperAsync(Guid id, TamperRequest body, HttpContext context, IDesk desk, SandboxWorld world, CancellationToken ct) => OnSimulatedAsync(id, context, desk, async () =>
        body.Node is { Length: > 0 } node && await world.TamperAsync(id, node, body.Patch ?? [])
            ? TypedResults.Ok(new { node })
            : Problems.NotFound("node that stands", body.Node ?? ""), ct);

    private static Task<IResult> ApplicationsAsync(Guid id, HttpContext context, IDesk desk, SandboxWorld world, CancellationToken ct) => OnSimulatedAsync(id, context, desk, async () =>
        TypedResults.Ok(await world.ApplicationsAsync(id)), ct);

    private static async Task<IResult> OnSimulatedAsync(Guid id, HttpContext context, IDesk desk, Func<Task<IResult>> act, CancellationToken ct)
    {
        var actor = context.Actor();
        if (await desk.GetEnvironmentAsync(actor, id, ct) is not { Environment: { } environment } || !environment.IsSimulated)
            return Problems.NotFound("simulated environment", id);
        return actor.Has(Right.Operate, environment.Tenant)
            ? await act()
            : Problems.Of([new Workflows.Engine.OperationFault(Workflows.Engine.FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not play with the sandbox.")]);
    }
}

/// <summary>A failure to inject.</summary>
/// <param name="Node">The node that fails.</param>
/// <param name="Kind">Transient, Terminal, Slow, OutcomeUnknown or LateAnswer.</param>
/// <param name="Times">How often; default once.</param>
/// <param name="DelayMs">Milliseconds, for Slow and LateAnswer.</param>
public sealed record FaultRequest(string? Node, string? Kind, int? Times, int? DelayMs);

/// <summary>A change behind Fabric's back: JSON merge patch on what stands.</summary>
public sealed record TamperRequest(string? Node, JsonObject? Patch);
