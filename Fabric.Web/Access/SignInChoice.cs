using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Access;

/// <summary>A person one can be on a development server.</summary>
/// <param name="Name">Given name; its first letter is that of the role where it could be.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="Tenant">Where the person belongs.</param>
/// <param name="May">The role in a few words.</param>
public sealed record SignInChoice(string Name, Role Role, string Tenant, string May)
{
    /// <summary>The tenant that is offered first.</summary>
    public const string FirstTenant = "sample";

    /// <summary>As the card says it: <c>Olivia, owner of sample</c>.</summary>
    public string Title => Role >= Role.Support ? $"{Name}, {(Role is Role.Sre ? "SRE" : Role.ToString().ToLowerInvariant())}" : $"{Name}, {Role.ToString().ToLowerInvariant()} of {Tenant}";

    /// <summary>The vendor's people.</summary>
    public static IReadOnlyList<SignInChoice> Vendor { get; } =
    [
        new("Sam", Role.Support, Actor.VendorTenant, "Looks at every tenant"),
        new("Riley", Role.Sre, Actor.VendorTenant, "Operates every environment"),
        new("Ada", Role.Admin, Actor.VendorTenant, "Also publishes and administers"),
    ];

    /// <summary>A tenant's people.</summary>
    public static IReadOnlyList<SignInChoice> Customers(string tenant) =>
    [
        new("Olivia", Role.Owner, tenant, "Changes, approves, connects, deletes"),
        new("Eli", Role.Editor, tenant, "Changes environments"),
        new("Vera", Role.Viewer, tenant, "Looks"),
    ];
}
