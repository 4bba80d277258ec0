using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Tenancy;

/// <summary>A wish for an API token.</summary>
/// <param name="Name">For people, 1 to 80 characters.</param>
/// <param name="Role">Name of the role; one of the creator's tenant, and not above the creator's.</param>
/// <param name="ExpiresAt">UTC; at most a year ahead.</param>
/// <param name="Scopes">What it is for; none for all its role may do.</param>
public sealed record NewToken(string Name, string Role, DateTimeOffset? ExpiresAt, IReadOnlyList<string> Scopes);

/// <summary>A token that was just made.</summary>
/// <param name="Row">What is kept.</param>
/// <param name="Secret">What the bearer shows; it is nowhere else.</param>
public sealed record MadeToken(ApiToken Row, string Secret);

/// <summary>API tokens of tenants. Each belongs to the tenant of who made it, so nobody can speak for another party by a token.</summary>
public sealed class TokenStore(DirectoryStore directory, TimeProvider time)
{
    /// <summary>Longest name, characters.</summary>
    public const int LongestName = 80;

    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);

    /// <summary>SHA-256 of a token, hex: all that is stored of it.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Makes a token.</summary>
    /// <param name="actor">Who makes it.</param>
    /// <param name="wish">What it is to be.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <param name="alongside">Rows that become durable in the same commit, told from what was made.</param>
    public async Task<Outcome<MadeToken>> CreateAsync(Actor actor, NewToken wish, CancellationToken ct, Func<MadeToken, IReadOnlyList<object>>? alongside = null)
    {
        if (Forbidden(actor) is { } forbidden)
            return forbidden;
        var faults = Faults(actor, wish, await MakerAsync(actor, ct));
        if (faults.Count > 0)
            return faults.ToArray();
        var role = Enum.Parse<Role>(wish.Role, ignoreCase: true);
        var now = time.GetUtcNow();
        var secret = $"fab_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var made = new MadeToken(
            new ApiToken
            {
                Id = Guid.CreateVersion7(now),
                Tenant = actor.Tenant,
                Name = wish.Name.Trim(),
                Hash = Hash(secret),
                Role = role,
                Scopes = wish.Scopes,
                CreatedBy = actor.Name,
                CreatedAt = now,
                ExpiresAt = wish.ExpiresAt!.Value.ToUniversalTime(),
            },
            secret);
        await directory.WriteAsync(
            db =>
            {
                db.Add(made.Row);
                db.AddRange(alongside?.Invoke(made) ?? []);
                return Task.CompletedTask;
            },
            [Event(actor, "token.create", made.Row, $"Token {made.Row.Name} with the role {role}, until {made.Row.ExpiresAt:u}.")],
            ct);
        return made;
    }

    /// <summary>The tokens that the actor may see: those of its tenant, the vendor's administrators all. Revoked ones stay listed.</summary>
    public async Task<Outcome<IReadOnlyList<ApiToken>>> ListAsync(Actor actor, CancellationToken ct)
    {
        if (Forbidden(actor) is { } forbidden)
            return forbidden;
        await using var db = directory.Open(actor.Scope);
        return await db.ApiTokens.ToListAsync(ct);
    }

    /// <summary>Ends a token at once. Ending it again changes nothing.</summary>
    /// <param name="actor">Who ends it.</param>
    /// <param name="id">The token.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <param name="alongside">Rows that become durable in the same commit.</param>
    public async Task<Outcome<bool>> RevokeAsync(Actor actor, Guid id, CancellationToken ct, Func<IReadOnlyList<object>>? alongside = null)
    {
        if (Forbidden(actor) is { } forbidden)
            return forbidden;
        OperationFault? missing = null;
        await directory.WriteAsync(
            async db =>
            {
                if (await db.ApiTokens.SingleOrDefaultAsync(token => token.Id == id, ct) is not { } row || !actor.Scope.Includes(row.Tenant))
                {
                    missing = new OperationFault(FaultKind.NotFound, "NotFound", $"There is no token {id}.");
                    return [];
                }

                db.AddRange(alongside?.Invoke() ?? []);
                if (row.RevokedAt is not null)
                    return [];
                db.Update(row with { RevokedAt = time.GetUtcNow() });
                return [Event(actor, "token.revoke", row, $"Token {row.Name} revoked.")];
            },
            ct);
        return missing is { } fault ? fault : true;
    }

    /// <summary>The token behind a secret, when it holds now; its last use is kept to the minute.</summary>
    public async Task<ApiToken?> FindAsync(string secret, CancellationToken ct)
    {
        var hash = Hash(secret);
        var now = time.GetUtcNow();
        await using var db = directory.Open(TenantScope.All);
        var row = await db.ApiTokens.SingleOrDefaultAsync(token => token.Hash == hash, ct);
        if (row is not { RevokedAt: null } || row.ExpiresAt <= now || !row.Role.Fits(row.Tenant))
            return null;
        if (row.LastUsedAt is not { } used || now - used >= UsedEvery)
            await UsedAsync(row.Id, now);
        return row;
    }

    // Bookkeeping, no change of anybody's: a directory that cannot be written now does not lock a bearer out.
    private async Task UsedAsync(Guid id, DateTimeOffset now)
    {
        try
        {
            await directory.WriteAsync(
                db => db.ApiTokens.Where(token => token.Id == id).ExecuteUpdateAsync(set => set.SetProperty(token => token.LastUsedAt, now), CancellationToken.None), []);
        }
        catch (DirectoryUnreachableException)
        {
            // The next use is written.
        }
    }

    private async Task<ApiToken?> MakerAsync(Actor actor, CancellationToken ct)
    {
        if (actor.Kind is not ActorKind.Token || !Guid.TryParse(actor.Id, out var id))
            return null;
        await using var db = directory.Open(actor.Scope);
        return await db.ApiTokens.SingleOrDefaultAsync(token => token.Id == id, ct);
    }

    private List<OperationFault> Faults(Actor actor, NewToken wish, ApiToken? maker)
    {
        var faults = new List<OperationFault>();
        var now = time.GetUtcNow();
        if (string.IsNullOrWhiteSpace(wish.Name) || wish.Name.Trim().Length > LongestName)
            Add("name", $"A token needs a name of 1 to {LongestName} characters that says what it is for.");
        if (!Roles.TryParse(wish.Role, out var role))
            Add("role", $"'{wish.Role}' is no role; those of {actor.Tenant} are {Roles.Of(actor.Tenant)}.");
        else if (!role.Fits(actor.Tenant))
            Add("role", $"The role {role} is not one of {actor.Tenant}; use {Roles.Of(actor.Tenant)}.");
        else if (role > actor.Role)
            Add("role", $"A token cannot have the role {role}, which is above yours ({actor.Role}).");
        if (wish.ExpiresAt is not { } expires)
            Add("expiresAt", "Say when the token expires, as a time in UTC; at most a year ahead.");
        else if (expires <= now || expires > now.AddYears(1))
            Add("expiresAt", $"expiresAt is {expires:u}; it must be later than now and no later than {now.AddYears(1):u}.");
        else if (maker is not null && expires > maker.ExpiresAt)
            Add("expiresAt", $"A token that a token makes cannot outlive it: no later than {maker.ExpiresAt:u}.");
        foreach (var scope in wish.Scopes.Where(scope => !TokenScopes.IsValid(scope)))
            Add("scopes", $"'{scope}' is no scope: {TokenScopes.Rule}.");
        if (faults.Count == 0 && maker is not null && !TokenScopes.Cover(maker.Scopes, wish.Scopes))
            Add("scopes", $"A token that a token makes cannot do more than it: give scopes within {string.Join(", ", maker.Scopes)}.");
        return faults;

        void Add(string field, string message) => faults.Add(new OperationFault(FaultKind.Invalid, "Invalid", message, field));
    }

    private static OperationFault? Forbidden(Actor actor) => Rights.Has(actor.Role, Right.Tokens)
        ? null
        : new OperationFault(FaultKind.Forbidden, "Forbidden", $"The role {actor.Role} may not manage tokens; an owner or the vendor's admin may.");

    private AuditEvent Event(Actor actor, string action, ApiToken row, string message) =>
        AuditEvent.Of(actor, row.Tenant, action, $"token/{row.Id}", message, time.GetUtcNow());
}
