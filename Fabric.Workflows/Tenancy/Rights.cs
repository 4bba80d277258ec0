namespace Fabric.Workflows.Tenancy;

/// <summary>What can be allowed.</summary>
public enum Right
{
    /// <summary>See environments, runs, plans, agents.</summary>
    View,

    /// <summary>Create environments, change configuration and version, start runs.</summary>
    Change,

    /// <summary>Say yes or no to plans and gates.</summary>
    Approve,

    /// <summary>Destroy an environment.</summary>
    Delete,

    /// <summary>Connect and revoke agents.</summary>
    Connect,

    /// <summary>Let plans go on without a person.</summary>
    AutoApprove,

    /// <summary>Skip a failed step, make the sandbox fail, look across tenants.</summary>
    Operate,

    /// <summary>Edit drafts of blueprints.</summary>
    Design,

    /// <summary>Make, see and revoke the API tokens of one's own tenant.</summary>
    Tokens,

    /// <summary>Publish blueprints, manage tenants.</summary>
    Administer,
}

/// <summary>The access matrix: which role has which right. A role outside its tenant has none, unless it is the vendor's.</summary>
public static class Rights
{
    private static readonly Dictionary<Role, Right[]> Matrix = new()
    {
        [Role.Viewer] = [Right.View],
        [Role.Editor] = [Right.View, Right.Change],
        [Role.Owner] = [Right.View, Right.Change, Right.Approve, Right.Delete, Right.Connect, Right.AutoApprove, Right.Tokens],
        [Role.Support] = [Right.View],
        [Role.Sre] = [Right.View, Right.Change, Right.Approve, Right.Delete, Right.Connect, Right.AutoApprove, Right.Operate, Right.Design],
        [Role.Admin] = [.. Enum.GetValues<Right>()],
    };

    /// <summary>Whether a role has a right.</summary>
    public static bool Has(Role role, Right right) => Array.IndexOf(Matrix[role], right) >= 0;

    /// <summary>Whether an actor has a right on something of <paramref name="tenant"/>.</summary>
    public static bool Has(this Actor actor, Right right, string tenant) => actor.Scope.Includes(tenant) && Has(actor.Role, right);

    /// <summary>
    /// Whether an actor's yes is one that <paramref name="by"/> waits for (<c>vendor</c>, <c>customer</c>, <c>both</c>; null for anybody's).
    /// In its own environments the vendor is the customer too.
    /// </summary>
    public static bool SpeaksFor(this Actor actor, string tenant, string? by) =>
        by is null or "both" || by == actor.PartyIn(tenant) || (actor.IsVendor && tenant == actor.Tenant);

    /// <summary>The party an actor speaks for when it approves something of <paramref name="tenant"/>.</summary>
    public static string PartyIn(this Actor actor, string tenant) => actor.IsVendor && tenant != actor.Tenant ? "vendor" : "customer";
}
