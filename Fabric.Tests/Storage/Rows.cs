using System.Text.Json.Nodes;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;
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
}
