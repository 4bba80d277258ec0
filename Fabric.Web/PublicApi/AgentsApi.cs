using Fabric.Web.Live;

namespace Fabric.Web.PublicApi;

/// <summary>Agents: who is there, and who is trusted no more.</summary>
internal static class AgentsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var agents = api.MapGroup("/agents").WithTags("Agents");
        agents.MapGet("/", ListAsync).WithName("ListAgents").WithSummary("Enrolled agents and the environments they serve.");
        agents.MapDelete("/{id:guid}", RevokeAsync).WithName("RevokeAgent").WithSummary("Takes an agent's trust away; what it deployed stays.").Produces(204).ProducesProblems();
    }

    private static async Task<IResult> ListAsync(HttpContext context, IDesk desk, CancellationToken ct) => TypedResults.Ok(new
    {
        items = (await desk.ListAgentsAsync(context.Actor(), ct)).Select(view => new
        {
            id = view.Agent.Id,
            tenant = view.Agent.Tenant,
            name = view.Agent.Name,
            online = view.Online,
            version = view.Agent.Version,
            kubernetesVersion = view.Agent.KubernetesVersion,
            environments = view.EnvironmentIds,
            enrolledAt = view.Agent.EnrolledAt,
            seenAt = view.Agent.SeenAt,
        }),
    });

    private static async Task<IResult> RevokeAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) =>
        (await desk.RevokeAgentAsync(context.Actor(), id, ct)).Or(_ => TypedResults.NoContent());
}
