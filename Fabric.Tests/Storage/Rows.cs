using System.Text.Json.Nodes;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Storage;

/// <summary>Rows to write, with every optional part filled in.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 30, 15, 123, 456, TimeSpan.Zero);

    public static Guid NewId() => Guid.CreateVersion7(Now);

    public static FabricEnvironment Environment(string name = "prod", string tenant = "acme", string cell = "local") => new()
    {
        Id = NewId(),
        Tenant = tenant,
        Name = name,
        Cell = cell,
        Blueprint = "pinot-byoc",
        Cloud = "sandbox",
        Region = "local",
        ActiveRunId = NewId(),
        NextLookAt = Now.AddMinutes(5),
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    public static RunEvent Event(Guid environment, Guid? run = null, string tenant = "acme", string message = "The network stands.") => new()
    {
        Tenant = tenant,
        EnvironmentId = environment,
        RunId = run,
        Node = "network",
        At = Now,
        Kind = "StepSucceeded",
        Attempt = 1,
        Message = message,
        Actor = "Fabric",
    };

    public static Step Step(Guid environment, Guid run, string node = "network", string tenant = "acme") => new()
    {
        RunId = run,
        Node = node,
        Tenant = tenant,
        EnvironmentId = environment,
        Order = 3,
        Kind = StepKind.Entity,
        Type = "network@1.0.0",
        Executor = "sandbox",
        DependsOn = ["kubernetes", "storage"],
        State = StepState.Applying,
        Attempt = 1,
        Action = PlanAction.Create,
        Plan = new StepPlan(PlanAction.Create, [new FieldChange("cidr", null, JsonValue.Create("10.0.0.0/16"))], true, "ab12"),
        StartedAt = Now,
        DeadlineAt = Now.AddHours(1),
    };

    public static Entity Entity(Guid environment, string node = "network", string tenant = "acme") => new()
    {
        Id = NewId(),
        EnvironmentId = environment,
        Tenant = tenant,
        Node = node,
        Type = "network@1.0.0",
        TypeHash = "cd34",
        Executor = "sandbox",
        State = EntityState.Ready,
        Drifted = true,
        Config = new JsonObject { ["cidr"] = "10.0.0.0/16", ["zones"] = new JsonArray("a", "b") },
        Outputs = new JsonObject { ["id"] = "vpc-1", ["count"] = 3 },
        DependsOn = ["kubernetes"],
        UpdatedAt = Now,
    };

    public static AuditEvent Audit(string tenant = "acme", string action = "environment.create") => new()
    {
        Id = NewId(),
        Tenant = tenant,
        At = Now,
        ActorId = "u1",
        ActorName = "Ann",
        ActorKind = ActorKind.Person,
        Action = action,
        Subject = "environment/1",
        Message = "Ann made it.",
    };

    public static Run Run(Guid environment, int number = 1, string tenant = "acme") => new()
    {
        Id = NewId(),
        Tenant = tenant,
        EnvironmentId = environment,
        Number = number,
        Kind = RunKind.Apply,
        Generation = 2,
        BlueprintVersion = 3,
        State = RunState.Running,
        PlanHash = "ab",
        DeadlineAt = Now.AddDays(1),
        ActorId = "u1",
        ActorName = "Ann",
        CreatedAt = Now,
        StartedAt = Now.AddTicks(7),
    };

    public static Intent Intent(Guid environment, Guid agent, string tenant = "acme") => new()
    {
        EntityId = NewId(),
        Tenant = tenant,
        EnvironmentId = environment,
        Node = "pinot",
        AgentId = agent,
        Generation = 1,
        Kind = "apply",
        Payload = """{"a":1}""",
        ContentHash = "ef",
        OperationKey = "run/1",
        UpdatedAt = Now,
    };

    /// <summary>One row of every type that callers write, beside the environment's own.</summary>
    public static IReadOnlyList<object> OneOfEach(Guid environment, string tenant = "acme")
    {
        var (run, agent) = (NewId(), NewId());
        return
        [
            Entity(environment, tenant: tenant), Run(environment, tenant: tenant), Step(environment, run, tenant: tenant),
            Event(environment, run, tenant), Audit(tenant), Intent(environment, agent, tenant),
            new Generation
            {
                EnvironmentId = environment, Number = 1, Tenant = tenant, Blueprint = "pinot-byoc", BlueprintVersion = 2, Revision = 1,
                Parameters = new JsonObject { ["servers"] = 3 }, NoOp = ["network"], Adopted = [], CreatedAt = Now, ActorId = "u1",
            },
            new Revision
            {
                EnvironmentId = environment, Number = 1, Tenant = tenant, Values = new JsonObject { ["servers"] = 5 },
                LayerVersions = new JsonObject { ["product"] = 1 }, Changes = [new ValueChange("servers", JsonValue.Create(3), JsonValue.Create(5))],
                Message = "More.", ActorId = "u1", ActorName = "Ann", CreatedAt = Now,
            },
            new Approval
            {
                Id = NewId(), Tenant = tenant, RunId = run, Node = "approve", PlanHash = "ab", Party = "customer", Approved = true,
                ActorId = "u1", ActorName = "Ann", At = Now,
            },
            new AgentRecord
            {
                Id = agent, Tenant = tenant, Name = "eu", ClusterUid = "c1", SigningKey = "{}", SealingKey = "{}", Version = "1.0", EnrolledAt = Now,
                SeenAt = Now, Heartbeat = new JsonObject { ["memory"] = 40.5 },
            },
            new Enrollment { Id = NewId(), Tenant = tenant, EnvironmentId = environment, TokenHash = $"{NewId()}", CreatedAt = Now, ExpiresAt = Now, AgentId = agent },
            new IntentReport
            {
                EntityId = NewId(), Tenant = tenant, EnvironmentId = environment, Node = "pinot", AgentId = agent, Generation = 1,
                Status = IntentStatus.Applying, WavesDone = 1, WavesTotal = 4, Observed = new JsonObject { ["pods"] = 3 }, ReportedAt = Now,
            },
            new AgentBinding { EnvironmentId = environment, Tenant = tenant, AgentId = agent, BoundAt = Now },
            new IdempotencyKey { Tenant = tenant, ActorId = "olivia", Key = "k1", RequestHash = "aa", Status = 201, Body = [1, 2], Location = "/x", CreatedAt = Now },
            new SecretRecord { Tenant = tenant, EnvironmentId = environment, Name = "pw", Version = 1, Sealed = [1, 2, 3], UpdatedAt = Now, ActorId = "u1" },
            .. TerraformRows.OneOfEach(environment, tenant),
        ];
    }
}
