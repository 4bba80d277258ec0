namespace Fabric.Workflows.Tenancy;

/// <summary>Which role is whose.</summary>
public static class Roles
{
    /// <summary>Whether the role is the vendor's.</summary>
    public static bool IsVendor(this Role role) => role >= Role.Support;

    /// <summary>Whether a role can be had in a tenant: the vendor's roles in the vendor's tenant, a customer's in any other.</summary>
    public static bool Fits(this Role role, string tenant) => role.IsVendor() == (tenant == Actor.VendorTenant);

    /// <summary>Reads the name of a role, in any case; a number is no name.</summary>
    public static bool TryParse(string? name, out Role role) =>
        Enum.TryParse(name, ignoreCase: true, out role) && Enum.IsDefined(role) && !char.IsAsciiDigit(name![0]);

    /// <summary>The roles that can be had in a tenant, for messages.</summary>
    public static string Of(string tenant) => string.Join(", ", Enum.GetValues<Role>().Where(role => role.Fits(tenant)).Select(role => role.ToString().ToLowerInvariant()));
}
