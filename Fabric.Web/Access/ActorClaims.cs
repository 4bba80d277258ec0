using System.Security.Claims;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Access;

/// <summary>An <see cref="Actor"/> as claims and back; the only place that knows their names.</summary>
public static class ActorClaims
{
    /// <summary>Stable identifier.</summary>
    public const string Subject = "sub";

    /// <summary>What pages show.</summary>
    public const string Name = "name";

    /// <summary>Tenant slug.</summary>
    public const string Tenant = "fabric:tenant";

    /// <summary>Name of a <see cref="Role"/>.</summary>
    public const string Role = "fabric:role";

    /// <summary>Name of an <see cref="ActorKind"/>.</summary>
    public const string Kind = "fabric:kind";

    /// <summary>One scope of a token; a principal without any is not limited.</summary>
    public const string Scope = "fabric:scope";

    /// <summary>What a principal is limited to; empty for all its role may do.</summary>
    public static IReadOnlyList<string> ScopesOf(ClaimsPrincipal principal) => [.. principal.FindAll(Scope).Select(claim => claim.Value)];

    /// <summary>The claims of a signed-in person.</summary>
    public static IEnumerable<Claim> ToClaims(Actor actor) =>
    [
        new(Subject, actor.Id),
        new(Name, actor.Name),
        new(Tenant, actor.Tenant),
        new(Role, actor.Role.ToString()),
        new(Kind, actor.Kind.ToString()),
    ];

    /// <summary>The person behind a principal; null when it is not signed in or a claim is missing.</summary>
    public static Actor? ToActor(ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true })
            return null;
        var id = principal.FindFirst(Subject)?.Value;
        var tenant = principal.FindFirst(Tenant)?.Value;
        return id is not null && tenant is not null && Roles.TryParse(principal.FindFirst(Role)?.Value, out var role)
            ? new Actor(id, principal.FindFirst(Name)?.Value ?? id, Enum.TryParse<ActorKind>(principal.FindFirst(Kind)?.Value, out var kind) ? kind : ActorKind.Person, tenant, role)
            : null;
    }
}
