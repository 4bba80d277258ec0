using Fabric.Web.Access;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.PublicApi;

/// <summary>Who calls, and what the request's headers say.</summary>
internal static class Caller
{
    /// <summary>The actor behind the request; routes under <c>/api</c> require one.</summary>
    public static Actor Actor(this HttpContext context) => ActorClaims.ToActor(context.User) ?? throw new InvalidOperationException("The route requires a signed-in caller.");

    /// <summary>The revision in <c>If-Match</c>; null when it was not sent.</summary>
    public static int? ExpectedRevision(this HttpContext context) =>
        int.TryParse(context.Request.Headers.IfMatch.ToString().Trim('"'), out var revision) ? revision : null;

    /// <summary>Why a change is made, from <c>Fabric-Message</c>.</summary>
    public static string Message(this HttpContext context) => context.Request.Headers["Fabric-Message"].ToString();
}
