namespace Fabric.Workflows.Clouds.Accounts;

/// <summary>A wish to connect an account.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Name">Slug, unique in the tenant.</param>
/// <param name="Cloud">aws, azure or google.</param>
/// <param name="Account">The cloud's own id.</param>
/// <param name="Regions">Regions environments may be made in; none for any.</param>
/// <param name="Cell">Cell to live in, which is that of its environments; null for the first.</param>
/// <param name="SignIn">How to sign in; null to enter it after the set-up.</param>
public sealed record NewAccount(string Tenant, string Name, string Cloud, string Account, IReadOnlyList<string> Regions, string? Cell = null, SignInWish? SignIn = null);

/// <summary>A way of signing in, as it was entered. Printing it shows no credential.</summary>
/// <param name="Kind">Slug of the kind.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Secret">The long-lived credential; null where none is needed.</param>
public sealed record SignInWish(string Kind, IReadOnlyDictionary<string, string> Fields, string? Secret = null)
{
    /// <summary>The long-lived credential without what copying puts around it; null where none is needed.</summary>
    public string? Secret { get; } = Secret?.Trim();

    /// <inheritdoc/>
    public override string ToString() => Kind;
}

/// <summary>A wish to change an account; what is null stays.</summary>
/// <param name="SignIn">Another sign-in; the old one is forgotten.</param>
/// <param name="Regions">Regions environments may be made in; none for any.</param>
public sealed record AccountChange(SignInWish? SignIn = null, IReadOnlyList<string>? Regions = null);

/// <summary>An environment that uses an account.</summary>
public sealed record AccountUse(Guid Id, string Name);

/// <summary>An account as people and programs see it: nothing secret is in it, not even sealed.</summary>
/// <param name="Cell">Slug of its cell.</param>
/// <param name="Row">The row, its credential left out.</param>
/// <param name="HasSecret">A credential is kept.</param>
/// <param name="UsedBy">Environments that are made in it, destroyed ones left out.</param>
public sealed record AccountLine(string Cell, CloudAccount Row, bool HasSecret, IReadOnlyList<AccountUse> UsedBy)
{
    /// <summary>A row without its credential.</summary>
    public static AccountLine Of(string cell, CloudAccount row, IReadOnlyList<AccountUse> usedBy) => new(cell, row with { Sealed = null }, row.Sealed is not null, usedBy);
}
