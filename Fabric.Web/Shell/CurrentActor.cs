using Fabric.Web.Access;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components.Authorization;

namespace Fabric.Web.Shell;

/// <summary>Who looks at the page, for services; components take the cascading <see cref="Actor"/>.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    /// <summary>The person, or null when nobody is signed in.</summary>
    public async Task<Actor?> GetAsync() => ActorClaims.ToActor((await authentication.GetAuthenticationStateAsync()).User);
}
