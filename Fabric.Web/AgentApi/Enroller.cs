using System.Text.Json;
using Fabric.Protocol;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Enrolment;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.AgentApi;

/// <summary>Turns a one-time token into an agent. The same key asking again gets the same answer: its first reply may have been lost.</summary>
internal sealed class Enroller(FabricStorage storage, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    /// <summary>Two that hold one token may come at once; the second must see what the first wrote.</summary>
    private readonly SemaphoreSlim oneByOne = new(1);

    public async Task<IResult> EnrolAsync(EnrolRequest request, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (ProtocolVersion.Refusal(request.ProtocolVersion) is { } refusal)
            return Answers.Refuse(StatusCodes.Status426UpgradeRequired, refusal, "The agent's protocol is not spoken here.", now);
        if ((request.SigningKey.Fault("sig") ?? request.SealingKey.Fault("enc")) is { } fault)
            return Answers.Malformed(fault, now);
        if (EnrollmentTokens.CellOf(request.Token) is not { } slug || !storage.Cells.Slugs.Contains(slug))
            return Answers.Refuse(StatusCodes.Status403Forbidden, AgentErrorCodes.TokenInvalid, "The token is not known.", now);
        if (storage.Cells.Find(slug) is not { } cell)
            return Answers.Busy(now);
        await oneByOne.WaitAsync(ct);
        try
        {
            return await EnrolAsync(cell, request, now, ct);
        }
        finally
        {
            oneByOne.Release();
        }
    }

    public void Dispose() => oneByOne.Dispose();

    private async Task<IResult> EnrolAsync(Cell cell, EnrolRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var hash = EnrollmentTokens.Hash(request.Token);
        await using var db = cell.Open(TenantScope.All);
        if (await db.Enrollments.SingleOrDefaultAsync(e => e.TokenHash == hash, ct) is not { } enrollment)
            return Answers.Refuse(StatusCodes.Status403Forbidden, AgentErrorCodes.TokenInvalid, "The token is not known.", now);
        if (enrollment.UsedBy is { } by && by != request.SigningKey.Thumbprint())
            return Answers.Refuse(StatusCodes.Status403Forbidden, AgentErrorCodes.TokenUsed, "The token was used by another agent.", now);
        if (enrollment.ExpiresAt < now)
            return Answers.Refuse(StatusCodes.Status403Forbidden, AgentErrorCodes.TokenExpired, "The token has expired: make a new one.", now);
        var known = await KnownAsync(db, request, ct);
        if (known is { RevokedAt: not null })
            return Answers.Refuse(StatusCodes.Status401Unauthorized, AgentErrorCodes.AgentRevoked, "An agent with this key is trusted no more.", now);
        if (known is not null && known.Tenant != enrollment.Tenant && known.Tenant != Actor.VendorTenant)
            return Answers.Refuse(StatusCodes.Status403Forbidden, AgentErrorCodes.OtherTenant, "This cluster's agent serves another customer; its cluster is not shared.", now);
        if (known is null && await ElsewhereAsync(cell, request, ct) is { } elsewhere)
            return Answers.Refuse(StatusCodes.Status403Forbidden, AgentErrorCodes.OtherCell, $"This cluster's agent serves cell {elsewhere}, and an agent serves one cell; the token is of cell {cell.Slug}.", now);
        var agentId = enrollment.AgentId ?? await WriteAsync(cell, enrollment, request, known, now, ct);
        var reply = new EnrolReply
        {
            AgentId = agentId,
            Cell = cell.Slug,
            Incarnation = cell.Incarnation,
            CellKeys = [.. cell.Keys.AllSigning.Select(key => key.Use(Jwk.OfSigning))],
            ServerTime = now,
            NextDelaySeconds = 0,
        };
        return TypedResults.Json(reply, ProtocolJson.Default.EnrolReply);
    }

    /// <summary>The agent that has this key: with a further token it serves one more environment, and goes on serving the others.</summary>
    private static async Task<AgentRecord?> KnownAsync(CellDb db, EnrolRequest request, CancellationToken ct)
    {
        var key = JsonSerializer.Serialize(request.SigningKey, JwkJson.Default.Jwk);
        return await db.Agents.Where(agent => agent.SigningKey == key).OrderByDescending(agent => agent.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>Another cell that has an agent with this key. One that cannot be asked stops nobody: the agent itself keeps to its cell.</summary>
    private async Task<string?> ElsewhereAsync(Cell cell, EnrolRequest request, CancellationToken ct)
    {
        var key = JsonSerializer.Serialize(request.SigningKey, JwkJson.Default.Jwk);
        var found = await CellQuery.FanOutAsync(storage.Cells, TenantScope.All, (db, token) => db.Agents.AnyAsync(agent => agent.SigningKey == key, token), Deadline, time, ct);
        return found.Rows.FirstOrDefault(row => row.Value && row.Cell != cell.Slug)?.Cell;
    }

    private static async Task<Guid> WriteAsync(Cell cell, Enrollment enrollment, EnrolRequest request, AgentRecord? known, DateTimeOffset now, CancellationToken ct)
    {
        var agent = new AgentRecord
        {
            Id = known?.Id ?? Guid.CreateVersion7(now),
            Tenant = known?.Tenant ?? enrollment.Tenant,
            Name = known?.Name ?? request.ClusterName,
            ClusterUid = request.ClusterUid,
            SigningKey = JsonSerializer.Serialize(request.SigningKey, JwkJson.Default.Jwk),
            SealingKey = JsonSerializer.Serialize(request.SealingKey, JwkJson.Default.Jwk),
            Version = request.AgentVersion,
            KubernetesVersion = request.KubernetesVersion,
            Incarnation = known?.Incarnation ?? cell.Incarnation,
            EnrolledAt = known?.EnrolledAt ?? now,
            SeenAt = known?.SeenAt,
            Heartbeat = known?.Heartbeat,
        };
        var batch = new JournalBatch()
            .Put(agent)
            .Put(new AgentBinding { EnvironmentId = enrollment.EnvironmentId, Tenant = enrollment.Tenant, AgentId = agent.Id, BoundAt = now })
            .Change(enrollment, enrollment with { AgentId = agent.Id, UsedBy = request.SigningKey.Thumbprint() })
            .Add(AuditEvent.Of(
                new Actor(agent.Id.ToString(), agent.Name, ActorKind.Agent, enrollment.Tenant, Role.Viewer), enrollment.Tenant, "agent.enrolled", $"agent/{agent.Id}", known is null ? $"Agent {agent.Name} enrolled." : $"Agent {agent.Name} serves one more environment.", now));
        await cell.Journal.CommitAsync(batch, ct);
        return agent.Id;
    }
}
