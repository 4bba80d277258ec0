namespace Fabric.Workflows.Tenancy;

/// <summary>What a person or token may do. Customer roles hold in their own tenant only; vendor roles hold everywhere.</summary>
public enum Role
{
    /// <summary>Customer: may look.</summary>
    Viewer,

    /// <summary>Customer: may change environments.</summary>
    Editor,

    /// <summary>Customer: may also approve, connect accounts and delete.</summary>
    Owner,

    /// <summary>Vendor: may look at every tenant.</summary>
    Support,

    /// <summary>Vendor: may operate every environment.</summary>
    Sre,

    /// <summary>Vendor: may do everything, catalog and cells included.</summary>
    Admin,
}

/// <summary>What kind of actor stands behind a change.</summary>
public enum ActorKind
{
    /// <summary>A signed-in person.</summary>
    Person,

    /// <summary>An API token.</summary>
    Token,

    /// <summary>An agent in a cluster.</summary>
    Agent,

    /// <summary>Fabric itself: the engine, a schedule, start-up.</summary>
    System,
}

/// <summary>Who makes a change. Every row of audit names one.</summary>
/// <param name="Id">Stable identifier: subject of the person, id of the token or agent.</param>
/// <param name="Name">What pages show.</param>
/// <param name="Kind">What kind of actor it is.</param>
/// <param name="Tenant">The tenant the actor belongs to.</param>
/// <param name="Role">What it may do.</param>
public sealed record Actor(string Id, string Name, ActorKind Kind, string Tenant, Role Role)
{
    /// <summary>The tenant slug of the vendor itself.</summary>
    public const string VendorTenant = "vendor";

    /// <summary>The call by which the actor makes this change, when it named one that is to be carried out once; null otherwise.</summary>
    public Once? Once { get; init; }

    /// <summary>Fabric acting on its own.</summary>
    public static Actor System { get; } = new("system", "Fabric", ActorKind.System, VendorTenant, Role.Admin);

    /// <summary>True for roles that see every tenant.</summary>
    public bool IsVendor => Role >= Role.Support;

    /// <summary>The rows this actor may see.</summary>
    public TenantScope Scope => IsVendor ? TenantScope.All : TenantScope.Of(Tenant);
}
