namespace Fabric.Workflows.Tenancy;

/// <summary>
/// The rows a query may see. No database opens without one, so the filter cannot be forgotten.
/// </summary>
public readonly record struct TenantScope
{
    private TenantScope(string? tenant) => Tenant = tenant;

    /// <summary>The tenant whose rows are seen; null for every tenant's.</summary>
    public string? Tenant { get; }

    /// <summary>Every tenant's rows: the engine and vendor roles.</summary>
    public static TenantScope All => new(null);

    /// <summary>One tenant's rows.</summary>
    public static TenantScope Of(string tenant) => new(tenant);

    /// <summary>Whether a row of <paramref name="tenant"/> is in scope.</summary>
    public bool Includes(string tenant) => Tenant is null || Tenant == tenant;
}

/// <summary>A row that belongs to one tenant.</summary>
public interface ITenantOwned
{
    /// <summary>Slug of the tenant the row belongs to.</summary>
    string Tenant { get; }
}
