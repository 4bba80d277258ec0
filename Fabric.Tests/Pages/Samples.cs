using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Pages;

/// <summary>What page tests feed: one environment of a network and a cluster, its run, its agent.</summary>
public static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly Guid EnvironmentId = Guid.Parse("01900000-0000-7000-8000-000000000001");

    public static readonly Guid RunId = Guid.Parse("01900000-0000-7000-8000-000000000002");

    public static Actor Owner { get; } = new("o", "Olga", ActorKind.Person, "sample", Role.Owner);

    public static Actor Viewer { get; } = new("v", "Vic", ActorKind.Person, "sample", Role.Viewer);

    public static Actor Sre { get; } = new("s", "Sam", ActorKind.Person, Actor.VendorTenant, Role.Sre);

    public static Actor Support { get; } = new("u", "Uma", ActorKind.Person, Actor.VendorTenant, Role.Support);

    public static Actor Admin { get; } = new("a", "Ada", ActorKind.Person, Actor.VendorTenant, Role.Admin);

    public static FabricEnvironment Environment(string name = "analytics", EnvironmentState state = EnvironmentState.Ready) => new()
    {
        Id = name == "analytics" ? EnvironmentId : Guid.CreateVersion7(Now), Tenant = "sample", Name = name, Cell = "local", Blueprint = "pinot",
        Cloud = "sandbox", Region = "local", State = state, CreatedAt = Now, UpdatedAt = Now, Revision = 3, Generation = 1,
    };

    public static Run Run(RunState state, string? approvalBy = null, int number = 4) => new()
    {
        Id = RunId, Tenant = "sample", EnvironmentId = EnvironmentId, Number = number, Kind = RunKind.Apply, Generation = 1, BlueprintVersion = 7,
        State = state, ApprovalBy = approvalBy, PlanHash = "h4sh", StepsTotal = 2, StepsDone = 1, ActorId = "o", ActorName = "Olga", CreatedAt = Now,
    };

    public static Step Step(string node, StepState state, PlanAction action = PlanAction.Create, int order = 0) => new()
    {
        RunId = RunId, Node = node, Tenant = "sample", EnvironmentId = EnvironmentId, Order = order, Kind = StepKind.Entity, Type = $"{node}@1.0.0",
        Executor = "sandbox", DependsOn = [], State = state, Action = action, Plan = new StepPlan(action, [], true, "i"),
    };

    public static Entity Entity(string node, EntityState state = EntityState.Ready, bool drifted = false) => new()
    {
        Id = Guid.CreateVersion7(Now), EnvironmentId = EnvironmentId, Tenant = "sample", Node = node, Type = $"{node}@1.0.0", TypeHash = "t",
        Executor = "sandbox", State = state, Drifted = drifted, Config = new JsonObject { ["replicas"] = 3 }, UpdatedAt = Now,
    };

    public static GraphNode Node(string name, string title, bool noOp = false) =>
        new(name, title, "box", StepKind.Entity, $"{name}@1.0.0", [], [], noOp, null, null);

    public static IReadOnlyList<GraphNode> Nodes { get; } = [Node("network", "Network"), Node("cluster", "Cluster")];

    public static RunView RunView(Run run, IReadOnlyList<Step> steps, string[]? allowed = null, Dictionary<string, IReadOnlyList<string>>? onSteps = null) =>
        new(run, Nodes, steps, [], allowed ?? [], onSteps ?? []);

    public static EnvironmentView View(RunView? latest = null, AgentView? agent = null, IReadOnlyList<Entity>? entities = null, int revision = 3, int replicas = 3) => new(
        Environment() with { Revision = revision },
        new Generation
        {
            EnvironmentId = EnvironmentId, Number = 1, Tenant = "sample", Blueprint = "pinot", BlueprintVersion = 7, Revision = revision,
            Parameters = new JsonObject { ["replicas"] = replicas }, NoOp = [], Adopted = [], CreatedAt = Now, ActorId = "o",
        },
        JsonNode.Parse("""{"type":"object","properties":{"replicas":{"type":"integer","title":"Replicas","default":3}}}""")!.AsObject(),
        Nodes,
        entities ?? [Entity("network"), Entity("cluster")],
        latest is null ? [] : [latest.Run],
        latest,
        agent,
        new JsonObject { ["url"] = "https://pinot.example" });

    public static AgentView Agent(bool online = true, string name = "east") => new(
        new AgentRecord
        {
            Id = Guid.CreateVersion7(Now), Tenant = "sample", Name = name, ClusterUid = "u", SigningKey = "k", SealingKey = "k", Version = "1.2.3",
            KubernetesVersion = "v1.35.0", EnrolledAt = Now, SeenAt = online ? Now : Now.AddMinutes(-9), Heartbeat = new JsonObject { ["memoryBytes"] = 31457280 },
        },
        online, [EnvironmentId], []);

    public static PlanPreview Preview { get; } = new([new PlannedStep("network", "Network", "network@1.0.0", new StepPlan(PlanAction.Create, [], true, "i"), false)], [], null);
}
