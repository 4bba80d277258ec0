using System.Text;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Secrets;

/// <summary>Secrets of one cell: sealed at rest, each change and each look in the audit chain.</summary>
public sealed class SecretStore(Cell cell, TimeProvider time)
{
    /// <summary>Sets a secret and says so in the audit chain, in one commit.</summary>
    /// <param name="actor">Who sets it.</param>
    /// <param name="tenant">Tenant it belongs to.</param>
    /// <param name="environmentId">Environment it belongs to; <see cref="Guid.Empty"/> for the whole tenant.</param>
    /// <param name="name">Name in <c>${secret.name}</c>.</param>
    /// <param name="value">The value; kept sealed only.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Version of the secret, from 1.</returns>
    public async Task<int> PutAsync(
        Actor actor, string tenant, Guid environmentId, string name, string value, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var version = (await FindAsync(tenant, environmentId, name, cancellationToken))?.Version + 1 ?? 1;
        var row = new SecretRecord
        {
            Tenant = tenant,
            EnvironmentId = environmentId,
            Name = name,
            Version = version,
            Sealed = cell.Keys.Seal(Encoding.UTF8.GetBytes(value), Association(tenant, environmentId, name)),
            UpdatedAt = now,
            ActorId = actor.Id,
        };
        await cell.Journal.CommitAsync(
            new JournalBatch().Put(row).Add(Audit(actor, row, "secret.set", $"{actor.Name} set the secret {name} (version {version}).")), cancellationToken);
        return version;
    }

    /// <summary>Opens a secret. The look is in the audit chain before the value is given.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="tenant">Tenant it belongs to.</param>
    /// <param name="environmentId">Environment it belongs to; the tenant's own secret stands in when the environment has none.</param>
    /// <param name="name">Name in <c>${secret.name}</c>.</param>
    /// <param name="why">What the value is for, for the audit.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The value; null when there is no such secret.</returns>
    public async Task<string?> GetAsync(
        Actor actor, string tenant, Guid environmentId, string name, string why, CancellationToken cancellationToken = default)
    {
        var row = await FindAsync(tenant, environmentId, name, cancellationToken) ?? await FindAsync(tenant, Guid.Empty, name, cancellationToken);
        if (row is null)
            return null;
        var value = Encoding.UTF8.GetString(cell.Keys.Unseal(row.Sealed, Association(tenant, row.EnvironmentId, name)));
        await cell.Journal.CommitAsync(
            new JournalBatch().Add(Audit(actor, row, "secret.look", $"{actor.Name} opened the secret {name}: {why}")), cancellationToken);
        return value;
    }

    private static byte[] Association(string tenant, Guid environmentId, string name) => Encoding.UTF8.GetBytes($"{tenant}/{environmentId:D}/{name}");

    private async Task<SecretRecord?> FindAsync(string tenant, Guid environmentId, string name, CancellationToken cancellationToken)
    {
        await using var db = cell.Open(TenantScope.Of(tenant));
        return await db.Secrets.SingleOrDefaultAsync(s => s.EnvironmentId == environmentId && s.Name == name, cancellationToken);
    }

    private AuditEvent Audit(Actor actor, SecretRecord secret, string action, string message)
    {
        var subject = secret.EnvironmentId == Guid.Empty ? $"secret/{secret.Name}" : $"environment/{secret.EnvironmentId}/secret/{secret.Name}";
        return AuditEvent.Of(actor, secret.Tenant, action, subject, message, time.GetUtcNow());
    }
}
