using System.Security.Cryptography;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fabric.Web.PublicApi.Repeats;

/// <summary>
/// Answers to writes that named an <c>Idempotency-Key</c>. The row is part of the commit that makes the effect, in whichever database
/// that is; bodies are sealed by the master key, since one may carry a token that is shown once.
/// </summary>
internal sealed class KeptAnswers(FabricStorage storage, EnvironmentFinder finder, MasterKeys keys, IOptions<JsonOptions> json, TimeProvider time)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private const int KeyIdLength = 16;

    /// <summary>The row to write beside an effect; none when the call named no key.</summary>
    public IReadOnlyList<object> Rows(Actor actor, Answer answer) => actor.Once is not { } once ? [] :
    [
        new IdempotencyKey
        {
            Tenant = actor.Tenant,
            ActorId = actor.Id,
            Key = once.Key,
            RequestHash = once.RequestHash,
            Status = answer.Status,
            Body = [.. System.Text.Encoding.ASCII.GetBytes(keys.Current.Id), .. keys.Current.Wrap(answer.Bytes(json.Value.SerializerOptions), Context(actor.Id, once.Key))],
            Location = answer.Location,
            CreatedAt = time.GetUtcNow(),
        },
    ];

    /// <summary>The answer that was given to a key; null when there is none, or none any more. Whole is false when a cell that may have kept it did not answer.</summary>
    public async Task<(IdempotencyKey? Row, bool Whole)> FindAsync(Actor actor, string key, CancellationToken ct)
    {
        await using (var db = storage.Directory.Open(TenantScope.Of(actor.Tenant)))
        {
            if (await db.IdempotencyKeys.SingleOrDefaultAsync(row => row.ActorId == actor.Id && row.Key == key, ct) is { } row)
                return (await YoungAsync(row, () => storage.Directory.WriteAsync(write => write.IdempotencyKeys.Where(old => old.Tenant == row.Tenant && old.ActorId == row.ActorId && old.Key == row.Key).ExecuteDeleteAsync(ct), [], ct)), true);
        }

        var found = await finder.AllAsync(
            actor, (db, token) => db.IdempotencyKeys.SingleOrDefaultAsync(row => row.Tenant == actor.Tenant && row.ActorId == actor.Id && row.Key == key, token), ct);
        foreach (var (cell, value) in found.Rows)
        {
            if (value is { } row)
                return (await YoungAsync(row, () => storage.Cells.Get(cell).Journal.CommitAsync(new JournalBatch().Remove(row), ct)), found.Unreachable.Count == 0);
        }

        return (null, found.Unreachable.Count == 0);
    }

    /// <summary>The body of an answer; null when the key that sealed it is not here any more.</summary>
    public byte[]? Open(IdempotencyKey row)
    {
        var id = System.Text.Encoding.ASCII.GetString(row.Body.AsSpan(0, Math.Min(KeyIdLength, row.Body.Length)));
        try
        {
            return keys.Find(id)?.Unwrap(row.Body.AsSpan(KeyIdLength), Context(row.ActorId, row.Key));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Context(string actor, string key) => $"fabric kept answer {actor}\n{key}";

    private async Task<IdempotencyKey?> YoungAsync(IdempotencyKey row, Func<Task> forget)
    {
        if (time.GetUtcNow() - row.CreatedAt < Life)
            return row;
        await forget();
        return null;
    }
}
