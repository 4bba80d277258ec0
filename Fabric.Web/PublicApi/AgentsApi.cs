using Fabric.Web.Live;
using Fabric.Web.PublicApi.Repeats;

namespace Fabric.Web.PublicApi;

/// <summary>Agents: who is there, and who is trusted no more.</summary>
internal static class AgentsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var agents = api.MapGroup("/agents").WithTags("Agents");
        agents.MapGet("/", ListAsync).WithName("ListAgents").WithSummary("Enrolled agents and the environments they serve; cells that do not answer are named.").Paged().Produces<AgentPage>();
        agents.MapDelete("/{id:guid}", RevokeAsync).WithName("RevokeAgent").WithSummary("Takes an agent's trust away; what it deployed stays.").Produces(204);
    }

    private static Task<IResult> ListAsync(HttpContext context, IDesk desk, CancellationToken ct) => context.PageAsync(async paging =>
    {
        var found = await desk.ListAgentsAsync(context.Actor(), ct);
        var page = paging.Take(found.Agents, view => view.Agent.Id.ToString(), Body);
        return TypedResults.Ok(new AgentPage(page.Items, page.Next, [.. found.Unreachable.Select(cell => cell.Cell)]));
    });

    private static AgentBody Body(AgentView view) => new(
        view.Agent.Id,
        view.Agent.Tenant,
        view.Agent.Name,
        view.Online,
        view.Agent.Version,
        view.Agent.KubernetesVersion,
        view.EnvironmentIds,
        view.Agent.EnrolledAt,
        view.Agent.SeenAt);

    private static async Task<IResult> RevokeAsync(Guid id, HttpContext context, IDesk desk, CancellationToken ct) =>
        (await desk.RevokeAgentAsync(context.Actor(), id, ct)).Or(_ => Answers.Nothing);
}
