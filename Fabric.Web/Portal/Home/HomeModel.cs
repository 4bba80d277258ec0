using Fabric.Web.Live;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Portal.Home;

/// <summary>One thing that waits for a person.</summary>
/// <param name="State">The state shown beside it.</param>
/// <param name="Text">A sentence.</param>
/// <param name="Href">Where it is dealt with.</param>
public sealed record Need(string State, string Text, string Href);

/// <summary>The three answers of the first page: is everything well, what needs me, what changed.</summary>
public sealed class HomeModel
{
    /// <summary>Reads a snapshot as one person sees it.</summary>
    public HomeModel(FleetView fleet, IReadOnlyList<AgentView> agents, RunsView runs, Actor actor, DateTimeOffset now)
    {
        Unreachable = fleet.Unreachable;
        Environments = [.. fleet.Environments.OrderBy(line => line.Environment.Name, StringComparer.Ordinal)];
        NeedsMe = [.. Environments.SelectMany(line => Needs(line, actor, now)), .. agents.Where(IsAwayAlone).Select(AwayAgent)];
        Changed = runs.Runs;
    }

    /// <summary>Every environment, by name.</summary>
    public IReadOnlyList<EnvironmentLine> Environments { get; }

    /// <summary>Cells that did not answer.</summary>
    public IReadOnlyList<UnreachableCell> Unreachable { get; }

    /// <summary>What waits for this person, or went wrong.</summary>
    public IReadOnlyList<Need> NeedsMe { get; }

    /// <summary>What changed last: the newest runs.</summary>
    public IReadOnlyList<RunLine> Changed { get; }

    /// <summary>How things are, in one sentence.</summary>
    public string Verdict
    {
        get
        {
            var bad = Environments.Count(line => line.Environment.State is EnvironmentState.Failed or EnvironmentState.Degraded);
            if (bad > 0)
                return bad == 1 ? "1 environment is not well" : $"{bad} environments are not well";
            if (Unreachable.Count > 0)
                return "Part of the fleet cannot be seen now";
            var going = Environments.Count(line => line.ActiveRun is not null);
            return going switch
            {
                0 => "Everything is well",
                1 => "Everything is well; 1 run is going",
                _ => $"Everything is well; {going} runs are going",
            };
        }
    }

    /// <summary>Where an environment's page is.</summary>
    public static string Href(EnvironmentLine line) => $"portal/environments/{line.Environment.Id}";

    private static IEnumerable<Need> Needs(EnvironmentLine line, Actor actor, DateTimeOffset now)
    {
        var environment = line.Environment;
        if (line.ActiveRun is { State: RunState.AwaitingApproval } run && MayApprove(actor, run.Tenant, run.ApprovalBy))
            yield return new Need(nameof(RunState.AwaitingApproval), $"{environment.Name}: run {run.Number} waits for your yes", Href(line));
        foreach (var gate in line.Gates.Where(step => MayApprove(actor, step.Tenant, step.ApprovalBy)))
            yield return new Need(nameof(StepState.AwaitingApproval), $"{environment.Name}: {gate.Node} waits for your yes", $"{Href(line)}?node={gate.Node}");
        if (line.ActiveRun is { State: RunState.Paused } paused && actor.Has(Right.Change, paused.Tenant))
            yield return new Need(nameof(RunState.Paused), $"{environment.Name}: run {paused.Number} is paused", Href(line));
        if (environment.State is EnvironmentState.Failed or EnvironmentState.Degraded)
            yield return new Need(environment.State.ToString(), environment.Message.Length > 0 ? $"{environment.Name}: {environment.Message}" : environment.Name, Href(line));
        if (line.ExpiredNoOps.Count > 0 && !environment.State.IsOver())
            yield return new Need("Held", $"{environment.Name}: the no-op of {string.Join(", ", line.ExpiredNoOps)} has expired", $"{Href(line)}?tab=version");
        if (line.AgentName is { } agent && !environment.State.IsOver() && AgentPresence.IsAway(line.AgentSeenAt, now))
            yield return new Need("Unknown", $"{environment.Name}: the agent {agent} is away", $"{Href(line)}?tab=agent");
    }

    private static bool MayApprove(Actor actor, string tenant, string? by) =>
        actor.Has(Right.Approve, tenant) && actor.SpeaksFor(tenant, by);

    private static bool IsAwayAlone(AgentView view) => view is { Online: false, Agent.RevokedAt: null, EnvironmentIds.Count: 0 };

    private static Need AwayAgent(AgentView view) => new("Unknown", $"The agent {view.Agent.Name} is away and serves nothing", "portal");
}
