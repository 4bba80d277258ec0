using System.Text.Json;
using Fabric.Protocol;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;
using Fabric.Protocol.Sync;

namespace Fabric.Tests.Protocol;

/// <summary>One full sample of every message; the golden files are these.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset At = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Guid Agent = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly Guid Entity = Guid.Parse("01900000-0000-7000-8000-000000000002");

    private static readonly Jwk Key = new()
    {
        Kty = "EC", Crv = "P-256", Use = "sig", Kid = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",
        X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    };

    public static IReadOnlyDictionary<string, JsonElement> All { get; } = new Dictionary<string, JsonElement>
    {
        ["enrol-request"] = JsonSerializer.SerializeToElement(new EnrolRequest
        {
            Token = "t", ClusterUid = "uid", ClusterName = "prod", AgentVersion = "1.0.0", ProtocolVersion = 1, SigningKey = Key,
            SealingKey = Key with { Use = "enc" }, KubernetesVersion = "v1.33.2", Scope = AgentScope.Namespaced,
        }, ProtocolJson.Default.EnrolRequest),
        ["enrol-reply"] = JsonSerializer.SerializeToElement(new EnrolReply
        {
            AgentId = Agent, Cell = "eu-1", Incarnation = 7, CellKeys = [Key], ServerTime = At, NextDelaySeconds = 1.5,
        }, ProtocolJson.Default.EnrolReply),
        ["sync-request"] = JsonSerializer.SerializeToElement(new SyncRequest
        {
            AgentId = Agent, Cursor = 41, Digest = "abc", Incarnation = 7, ProtocolVersion = 1, HoldSeconds = 50, Capabilities = ["x"], Full = true, Standby = true,
        }, ProtocolJson.Default.SyncRequest),
        ["sync-reply"] = JsonSerializer.SerializeToElement(new SyncReply
        {
            Cursor = 42, NextDelaySeconds = 2, Kind = SyncKind.Full, Incarnation = 7, Digest = "abc", ServerTime = At, Intents = [new("a.b.c")],
            Cancels = ["d.e.f"], Keys = ["g.h.i"], IncarnationNotice = "j.k.l", Assigned = [Entity],
        }, ProtocolJson.Default.SyncReply),
        ["intent-payload"] = JsonSerializer.SerializeToElement(Intent(), ProtocolJson.Default.IntentPayload),
        ["cancel-payload"] = JsonSerializer.SerializeToElement(new CancelPayload
        {
            AgentId = Agent, Cell = "eu-1", Incarnation = 7, EntityId = Entity, Generation = 3, IssuedAt = At,
        }, ProtocolJson.Default.CancelPayload),
        ["cell-key-payload"] = JsonSerializer.SerializeToElement(
            new CellKeyPayload { Cell = "eu-1", Key = Key, Retired = ["old"], IssuedAt = At }, ProtocolJson.Default.CellKeyPayload),
        ["incarnation-payload"] = JsonSerializer.SerializeToElement(new IncarnationPayload
        {
            AgentId = Agent, Cell = "eu-1", Previous = 7, Current = 8, IssuedAt = At,
        }, ProtocolJson.Default.IncarnationPayload),
        ["report-request"] = JsonSerializer.SerializeToElement(Reports(), ProtocolJson.Default.ReportRequest),
        ["report-reply"] = JsonSerializer.SerializeToElement(new ReportReply { ServerTime = At, NextHeartbeatSeconds = 30 }, ProtocolJson.Default.ReportReply),
        ["problem"] = JsonSerializer.SerializeToElement(new AgentProblem
        {
            Title = "Too fast", Status = 429, Code = AgentErrorCodes.Busy, Detail = "Wait.", ServerTime = At, RetryAfterSeconds = 3,
        }, ProtocolJson.Default.AgentProblem),
    };

    public static IntentPayload Intent() => new()
    {
        AgentId = Agent, Cell = "eu-1", Incarnation = 7, Tenant = "sample", EnvironmentId = Entity, EnvironmentName = "prod", EntityId = Entity,
        Node = "pinot", Namespace = "pinot-prod", ServiceAccount = "deployer", Generation = 3, Kind = IntentKind.Operation,
        Objects = [JsonDocument.Parse("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}""").RootElement],
        Health = [new() { Target = Target, Condition = "Ready" }, new() { Target = Target, Path = "status.phase", Value = "Up" }],
        Operation = new()
        {
            Name = "restart",
            Steps =
            [
                new() { Type = OperationStepType.Patch, Target = Target, Patch = JsonDocument.Parse("{}").RootElement, PatchType = PatchType.Strategic },
                new() { Type = OperationStepType.Job, Job = JsonDocument.Parse("{}").RootElement, TimeoutSeconds = 60 },
                new() { Type = OperationStepType.Wait },
                new() { Type = OperationStepType.Wait, WaitSeconds = 30, TimeoutSeconds = 90 },
            ],
        },
        Outputs = [new() { Name = "ip", Target = Target, Path = "spec.clusterIP" }],
        Secrets = [new("db", "a..b.c.d")], Prune = true, IssuedAt = At, ContentHash = "00ff",
    };

    private static ObjectRef Target => new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web" };

    private static ReportRequest Reports() => new()
    {
        AgentId = Agent, Incarnation = 7, ProtocolVersion = 1,
        Heartbeat = new() { AgentVersion = "1.0.0", KubernetesVersion = "v1.33.2", StartedAt = At, MemoryBytes = 1, Intents = 2, Queue = 3 },
        Reports =
        [
            new()
            {
                EntityId = Entity, Generation = 3, Sequence = 9, Status = ReportStatus.Healthy, Reason = ReportReasons.DriftRepaired, Message = "m",
                ObservedAt = At, WavesDone = 2, WavesTotal = 4, Outputs = new Dictionary<string, string> { ["ip"] = "10.0.0.1" },
                Objects = [new() { Kind = "Deployment", Name = "web", Namespace = "pinot-prod", Health = ObjectHealth.Progressing, Message = "1 of 2" }],
                Drift = [new() { Object = "Deployment/web", Fields = ["spec.replicas"], RepairedAt = At }],
            },
        ],
    };
}
