using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>The leases of one cell: opened and ended in commits, so that whoever comes back knows who was at work.</summary>
public sealed class LeaseBook(Cell cell, TimeProvider time)
{
    /// <summary>How long a token lives unless the server that attends the process renews it.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromMinutes(15);

    /// <summary>Credentials that end with nothing are believed to be at work for as long as any Terraform is.</summary>
    public static readonly TimeSpan LongestWork = TimeSpan.FromHours(12);

    /// <summary>The lease of a step's attempt; null when none was opened.</summary>
    public Task<Lease?> FindAsync(StepContext step, LeaseKind kind, int attempt, CancellationToken ct) => cell.ReadAsync(
        TenantScope.All,
        db => db.Leases.Where(l => l.RunId == step.Run.Id && l.Node == step.Step.Node && l.Kind == kind && l.Attempt == attempt).OrderByDescending(l => l.Id).FirstOrDefaultAsync(ct));

    /// <summary>The lease of an id; null when there is none.</summary>
    public Task<Lease?> FindAsync(Guid id, CancellationToken ct) => cell.ReadAsync(TenantScope.All, db => db.Leases.SingleOrDefaultAsync(l => l.Id == id, ct));

    /// <summary>Leases of a workspace whose process may live.</summary>
    public Task<List<Lease>> OpenOfAsync(Guid entityId, CancellationToken ct) =>
        cell.ReadAsync(TenantScope.All, db => db.Leases.Where(l => l.EntityId == entityId && l.EndedAt == null).OrderBy(l => l.Id).ToListAsync(ct));

    /// <summary>Leases of a step whose process may live.</summary>
    public Task<List<Lease>> OpenOfAsync(Guid runId, string node, CancellationToken ct) =>
        cell.ReadAsync(TenantScope.All, db => db.Leases.Where(l => l.RunId == runId && l.Node == node && l.EndedAt == null).ToListAsync(ct));

    /// <summary>Every lease of the cell whose process may live.</summary>
    public Task<List<Lease>> OpenAsync(CancellationToken ct) =>
        cell.ReadAsync(TenantScope.All, db => db.Leases.Where(l => l.EndedAt == null).ToListAsync(ct));

    /// <summary>A lease that is not written yet, with its token.</summary>
    public (Lease Lease, string Token) Make(StepContext step, LeaseKind kind, int attempt, string directory, Clouds.CloudSession? session, IReadOnlyList<string> secrets)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var lease = new Lease
        {
            Id = id,
            Tenant = step.Environment.Tenant,
            EnvironmentId = step.Environment.Id,
            EntityId = step.Entity!.Id,
            RunId = step.Run.Id,
            Node = step.Step.Node,
            Attempt = attempt,
            Kind = kind,
            Machine = ThisMachine.Id,
            Directory = directory,
            TokenHash = HashOf(token),
            StartedAt = now,
            ExpiresAt = now + Term,
            CredentialsUntil = session is null ? null : session.ExpiresAt ?? now + LongestWork,
            SealedSecrets = cell.Keys.Seal(JsonSerializer.SerializeToUtf8Bytes(secrets.Append(token)), Association(id)),
        };
        return (lease, token);
    }

    /// <summary>Opens a lease; what it uses is written in the same commit, and both are refused when the environment was taken over.</summary>
    public Task OpenAsync(StepContext step, Lease lease, IEnumerable<(object Before, object After)> changes, CancellationToken ct)
    {
        var batch = new JournalBatch(step.Environment.Id, step.Environment.Epoch).Add(lease);
        foreach (var (before, after) in changes)
            batch.Change(before, after);
        return cell.Journal.CommitAsync(batch, ct);
    }

    /// <summary>Writes what is new about a lease, with the lines its process printed since.</summary>
    public async Task<Lease> WriteAsync(Lease before, Lease after, IEnumerable<object> rows, CancellationToken ct)
    {
        var batch = new JournalBatch().Change(before, after);
        foreach (var row in rows)
            _ = row is RowChange change ? batch.Change(change.Before, change.After) : batch.Put(row);
        await cell.Journal.CommitAsync(batch, ct);
        return after;
    }

    /// <summary>Ends a lease. What it ends with stays readable for whoever asks again.</summary>
    public Task<Lease> EndAsync(Lease lease, LeaseResult result, string outcome, CancellationToken ct, params object[] rows) =>
        WriteAsync(lease, lease with { EndedAt = time.GetUtcNow(), Result = result, Outcome = outcome, SealedSecrets = null }, rows, ct);

    /// <summary>The values that must not be told of a lease's process.</summary>
    public IReadOnlyList<string> SecretsOf(Lease lease) => lease.SealedSecrets is null
        ? []
        : JsonSerializer.Deserialize<string[]>(cell.Keys.Unseal(lease.SealedSecrets, Association(lease.Id)), EngineJson.Options)!;

    /// <summary>Whether a token is that of a lease.</summary>
    public static bool IsTokenOf(Lease lease, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(token)), Encoding.ASCII.GetBytes(lease.TokenHash));

    /// <summary>Whether the process of a lease can do nothing any more, whatever became of it: its token and credentials have ended.</summary>
    public bool IsPowerless(Lease lease)
    {
        var now = time.GetUtcNow();
        return lease.ExpiresAt <= now && !(lease.CredentialsUntil > now);
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static byte[] Association(Guid lease) => Encoding.UTF8.GetBytes($"lease/{lease:D}");
}

/// <summary>A row whose new values alone are written: what somebody else wrote to it meanwhile stays.</summary>
/// <param name="Before">As it was read.</param>
/// <param name="After">As it is to be.</param>
internal sealed record RowChange(object Before, object After);
