using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors.Sandbox;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.PublicApi;

/// <summary>
/// Lets operators make the simulated cloud fail, and read what was done to it. Simulated environments only. The simulated cloud has a
/// database of its own, so the audit event and the answer are kept after the effect; doing either write twice comes to the same.
/// </summary>
internal static class SandboxApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var sandbox = api.MapGroup("/environments/{id:guid}/sandbox").WithTags("Sandbox");
        sandbox.MapPost("/faults", InjectAsync).WithName("InjectFault").WithSummary("Makes the next applications of a node go wrong.").Produces<FaultBody>();
        sandbox.MapPost("/tamper", TamperAsync).WithName("Tamper").WithSummary("Changes what stands behind Fabric's back.").Produces<TamperBody>();
        sandbox.MapGet("/applications", ApplicationsAsync).WithName("CountApplications").WithSummary("How often each step was applied, by operation key.").Produces<Dictionary<string, int>>();
    }

    private static async Task<IResult> InjectAsync(Guid id, FaultRequest body, HttpContext context, IDesk desk, SandboxWorld world, SandboxRecord record, CancellationToken ct)
    {
        var environment = await FindAsync(id, context, desk, ct);
        if (!environment.Succeeded)
            return Problems.Of(environment.Faults);
        if (string.IsNullOrEmpty(body.Node))
            return Problems.Invalid("node", "Say which node is to fail.");
        if (!Enum.TryParse<SandboxFaultKind>(body.Kind, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            return Problems.Invalid("kind", $"'{body.Kind}' is no kind of failure: use {string.Join(", ", Enum.GetNames<SandboxFaultKind>())}.");
        await world.InjectAsync(id, body.Node, new SandboxFault(kind, body.Times ?? 1, TimeSpan.FromMilliseconds(body.DelayMs ?? 0)));
        var answer = new Answer(StatusCodes.Status200OK, new FaultBody(body.Node, kind, body.Times ?? 1));
        return await record.KeepAsync(context.Actor(), environment.Value, "sandbox.fault", $"{kind} for the next {body.Times ?? 1} applications of {body.Node}.", answer);
    }

    private static async Task<IResult> TamperAsync(Guid id, TamperRequest body, HttpContext context, IDesk desk, SandboxWorld world, SandboxRecord record, CancellationToken ct)
    {
        var environment = await FindAsync(id, context, desk, ct);
        if (!environment.Succeeded)
            return Problems.Of(environment.Faults);
        if (string.IsNullOrEmpty(body.Node))
            return Problems.Invalid("node", "Say which node is changed.");
        return await world.TamperAsync(id, body.Node, body.Patch ?? [])
            ? await record.KeepAsync(context.Actor(), environment.Value, "sandbox.tamper", $"What stands for {body.Node} was changed behind Fabric's back.", new Answer(StatusCodes.Status200OK, new TamperBody(body.Node)))
            : Problems.NotFound("node that stands", body.Node);
    }

    private static async Task<IResult> ApplicationsAsync(Guid id, HttpContext context, IDesk desk, SandboxWorld world, CancellationToken ct)
    {
        var environment = await FindAsync(id, context, desk, ct);
        return environment.Succeeded ? TypedResults.Ok(await world.ApplicationsAsync(id)) : Problems.Of(environment.Faults);
    }

    private static async Task<Outcome<FabricEnvironment>> FindAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct)
    {
        var actor = context.Actor();
        if (await desk.GetEnvironmentAsync(actor, id, ct) is not { Environment: { IsSimulated: true } environment })
            return new OperationFault(FaultKind.NotFound, "NotFound", $"There is no simulated environment {id}.");
        return actor.Has(Right.Operate, environment.Tenant)
            ? environment
            : new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not play with the sandbox.");
    }
}

/// <summary>Writes down who did what to the simulated cloud, with the answer for a repeat.</summary>
internal sealed class SandboxRecord(FabricStorage storage, KeptAnswers kept, TimeProvider time)
{
    /// <summary>Returns the answer when it is durable.</summary>
    public async Task<IResult> KeepAsync(Actor actor, FabricEnvironment environment, string action, string message, Answer answer)
    {
        var batch = new JournalBatch().Add(AuditEvent.Of(actor, environment.Tenant, action, $"environment/{environment.Id}", message, time.GetUtcNow()));
        foreach (var row in kept.Rows(actor, answer))
            batch.Add(row);
        await storage.Cells.Get(environment.Cell).Journal.CommitAsync(batch);
        return answer;
    }
}

/// <summary>A failure to inject.</summary>
/// <param name="Node">The node that fails.</param>
/// <param name="Kind">Transient, Terminal, Slow, OutcomeUnknown or LateAnswer.</param>
/// <param name="Times">How often; default once.</param>
/// <param name="DelayMs">Milliseconds, for Slow and LateAnswer.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FaultRequest(string Node, string Kind, int? Times = null, int? DelayMs = null);

/// <summary>A failure that was injected.</summary>
public sealed record FaultBody(string Node, SandboxFaultKind Kind, int Times);

/// <summary>A change behind Fabric's back: JSON merge patch on what stands.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TamperRequest(string Node, JsonObject? Patch = null);

/// <summary>What was changed.</summary>
public sealed record TamperBody(string Node);
