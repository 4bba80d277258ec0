using System.Text.Json.Nodes;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Web.Live;

/// <summary>One environment in a list.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="BlueprintVersion">The version it is to be.</param>
/// <param name="ActiveRun">The changing run that is not over.</param>
/// <param name="AgentName">Name of the agent that serves it; null when none does.</param>
/// <param name="AgentSeenAt">When that agent called last.</param>
/// <param name="Drifted">Entities that differ from what was deployed.</param>
public sealed record EnvironmentLine(FabricEnvironment Environment, int BlueprintVersion, Run? ActiveRun, string? AgentName, DateTimeOffset? AgentSeenAt, int Drifted = 0)
{
    /// <summary>Steps of the active run that wait for a person's yes.</summary>
    public IReadOnlyList<Step> Gates { get; init; } = [];

    /// <summary>Nodes whose no-op flag has expired.</summary>
    public IReadOnlyList<string> ExpiredNoOps { get; init; } = [];
}

/// <summary>A tenant a person may open.</summary>
public sealed record TenantLine(string Slug, string Title);

/// <summary>One run in a list.</summary>
/// <param name="Run">The run.</param>
/// <param name="Environment">Name of its environment.</param>
/// <param name="Simulated">Its cloud is played by Fabric.</param>
public sealed record RunLine(Run Run, string Environment, bool Simulated);

/// <summary>Runs of all reachable cells, newest first, and the cells that did not answer.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="More">There are older ones.</param>
/// <param name="Unreachable">Cells without an answer.</param>
public sealed record RunsView(IReadOnlyList<RunLine> Runs, bool More, IReadOnlyList<UnreachableCell> Unreachable);

/// <summary>An operation one can have done to an entity.</summary>
/// <param name="Name">The slug to start it with: <c>node/name</c>.</param>
/// <param name="Title">The words on the button.</param>
/// <param name="Description">The sentence beside it; empty for none.</param>
public sealed record NodeOperation(string Name, string Title, string Description);

/// <summary>Environments of all reachable cells, and the cells that did not answer.</summary>
public sealed record FleetView(IReadOnlyList<EnvironmentLine> Environments, IReadOnlyList<UnreachableCell> Unreachable);

/// <summary>A node as it is drawn.</summary>
/// <param name="Name">Node name.</param>
/// <param name="Title">Title for people.</param>
/// <param name="Icon">Icon name of the entity type, or of the gate.</param>
/// <param name="Kind">Entity or gate.</param>
/// <param name="Type">name@version; null for gates.</param>
/// <param name="DependsOn">Nodes it waits for.</param>
/// <param name="Bindings">The subset of <paramref name="DependsOn"/> that feeds values; the rest are bare (dashed) edges.</param>
/// <param name="NoOp">Flagged no-op.</param>
/// <param name="X">Left edge in the layout, pixels; null when the layout is automatic.</param>
/// <param name="Y">Top edge in the layout, pixels.</param>
public sealed record GraphNode(string Name, string Title, string Icon, StepKind Kind, string? Type, IReadOnlyList<string> DependsOn, IReadOnlyList<string> Bindings, bool NoOp, double? X, double? Y);

/// <summary>Everything an environment's page shows.</summary>
public sealed record EnvironmentView(
    FabricEnvironment Environment,
    Generation Desired,
    JsonObject ParameterSchema,
    IReadOnlyList<GraphNode> Nodes,
    IReadOnlyList<Entity> Entities,
    IReadOnlyList<Run> Runs,
    RunView? LatestRun,
    AgentView? Agent,
    JsonObject Outputs)
{
    /// <summary>The cloud account it is made in; null for none.</summary>
    public AccountName? Account { get; init; }

    /// <summary>Operations of what stands, by node.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<NodeOperation>> Operations { get; init; } = new Dictionary<string, IReadOnlyList<NodeOperation>>();
}

/// <summary>A cloud account, as an environment names it.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Name">Its name here.</param>
/// <param name="Account">The cloud's own id of it.</param>
public sealed record AccountName(Guid Id, string Name, string Account);

/// <summary>A run with its steps and what this person may do with it now.</summary>
/// <param name="Run">The run.</param>
/// <param name="Nodes">The drawing of the version it ran.</param>
/// <param name="Steps">Its steps in order.</param>
/// <param name="Approvals">Who said yes or no.</param>
/// <param name="Allowed">Names of transitions allowed on the run: approve, reject, cancel, pause, resume.</param>
/// <param name="AllowedOnSteps">The same per node: approve, retry, skip.</param>
public sealed record RunView(
    Run Run,
    IReadOnlyList<GraphNode> Nodes,
    IReadOnlyList<Step> Steps,
    IReadOnlyList<Approval> Approvals,
    IReadOnlyList<string> Allowed,
    IReadOnlyDictionary<string, IReadOnlyList<string>> AllowedOnSteps)
{
    /// <summary>Where it ran; null where nobody asked.</summary>
    public RunPlace? Place { get; init; }
}

/// <summary>Where a run ran.</summary>
/// <param name="Environment">The environment as it is now.</param>
/// <param name="Blueprint">The blueprint whose version it ran.</param>
/// <param name="Entities">What stands now, also what later runs made of it.</param>
public sealed record RunPlace(FabricEnvironment Environment, string Blueprint, IReadOnlyList<Entity> Entities);

/// <summary>An agent and what it serves.</summary>
public sealed record AgentView(AgentRecord Agent, bool Online, IReadOnlyList<Guid> EnvironmentIds, IReadOnlyList<Intent> Intents);

/// <summary>Agents of all reachable cells, and the cells that did not answer.</summary>
public sealed record AgentsView(IReadOnlyList<AgentView> Agents, IReadOnlyList<UnreachableCell> Unreachable);

/// <summary>A published blueprint, newest version.</summary>
public sealed record BlueprintLine(string Name, string Title, string Description, int Version, IReadOnlyList<string> Clouds)
{
    /// <summary>Those of its clouds where something in it is made in a cloud account.</summary>
    public IReadOnlyList<string> CloudsWithAccount { get; init; } = [];

    /// <summary>Why nothing new should start on it, while every version is deprecated; null otherwise.</summary>
    public string? Deprecated { get; init; }
}

/// <summary>A published version in a list.</summary>
/// <param name="Name">Blueprint.</param>
/// <param name="Title">Its title in that version.</param>
/// <param name="Version">From 1.</param>
/// <param name="PublishedAt">UTC.</param>
/// <param name="PublishedBy">Who published it.</param>
/// <param name="Message">Why, in the publisher's words.</param>
public sealed record BlueprintVersionLine(string Name, string Title, int Version, DateTimeOffset PublishedAt, string PublishedBy, string Message)
{
    /// <summary>Whether it is to be used.</summary>
    public VersionStage Stage { get; init; }

    /// <summary>Why it was deprecated or retired; empty for a published one.</summary>
    public string StageReason { get; init; } = "";
}

/// <summary>A published version as it is read.</summary>
/// <param name="Line">Who and when.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Yaml">The text that was published.</param>
/// <param name="Nodes">The drawing.</param>
public sealed record BlueprintVersionView(BlueprintVersionLine Line, string Description, string Yaml, IReadOnlyList<GraphNode> Nodes);

/// <summary>What the new-environment form needs of one blueprint version.</summary>
/// <param name="Name">Blueprint.</param>
/// <param name="Version">Published version.</param>
/// <param name="ParameterSchema">JSON Schema of the parameters; the form is drawn from it.</param>
/// <param name="Nodes">The drawing.</param>
/// <param name="RequiredAdopted">Per no-op node, JSON Schema (object) of the outputs that must be adopted on the chosen cloud.</param>
public sealed record BlueprintForm(string Name, int Version, string Title, JsonObject ParameterSchema, IReadOnlyList<GraphNode> Nodes, JsonObject RequiredAdopted);

/// <summary>The plan of a change that was not made yet.</summary>
/// <param name="Steps">Per node, in order of execution.</param>
/// <param name="Configuration">Changed parameters.</param>
/// <param name="ApprovalBy">Whose yes it will need; null for nobody's.</param>
public sealed record PlanPreview(IReadOnlyList<PlannedStep> Steps, IReadOnlyList<ValueChange> Configuration, string? ApprovalBy);

/// <summary>One node's plan.</summary>
public sealed record PlannedStep(string Node, string Title, string? Type, StepPlan Plan, bool Skipped);

/// <summary>The one-time right to connect an agent, and the manifests that carry it. Shown once.</summary>
public sealed record EnrollmentView(string Token, DateTimeOffset ExpiresAt, string ClusterManifest, string NamespacedManifest);
