using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Access;

/// <summary>The people one can be in Development.</summary>
public static class DevelopmentPeople
{
    /// <summary>One for each role.</summary>
    public static IReadOnlyList<Actor> All { get; } =
    [
        new("olivia", "Olivia", ActorKind.Person, "sample", Role.Owner),
        new("eddie", "Eddie", ActorKind.Person, "sample", Role.Editor),
        new("vera", "Vera", ActorKind.Person, "sample", Role.Viewer),
        new("rae", "Rae", ActorKind.Person, Actor.VendorTenant, Role.Sre),
        new("sam", "Sam", ActorKind.Person, Actor.VendorTenant, Role.Support),
        new("ada", "Ada", ActorKind.Person, Actor.VendorTenant, Role.Admin),
    ];

    /// <summary>The person of an id; null when there is none.</summary>
    public static Actor? Find(string id) => All.FirstOrDefault(person => person.Id == id);
}
