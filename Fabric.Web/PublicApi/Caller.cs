using System.Globalization;
using Fabric.Web.Access;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.PublicApi;

/// <summary>Who calls, and what the request's headers say.</summary>
internal static class Caller
{
    /// <summary>Header that says why a change is made.</summary>
    public const string MessageHeader = "Fabric-Message";

    /// <summary>The actor behind the request, with the call it named; routes under <c>/api</c> require one.</summary>
    public static Actor Actor(this HttpContext context) =>
        (ActorClaims.ToActor(context.User) ?? throw new InvalidOperationException("The route requires a signed-in caller.")) with { Once = context.Features.Get<Once>() };

    /// <summary>Whether who called may still do so, for answers that go on after the call was let in: tokens are revoked, members removed.</summary>
    public static async Task<bool> StillHoldsAsync(this HttpContext context, CancellationToken ct)
    {
        if (TokenHandler.SecretOf(context.Request) is { } secret)
            return !Guid.TryParse(context.Actor().Id, out _) || await context.RequestServices.GetRequiredService<TokenStore>().FindAsync(secret, ct) is not null;
        return context.RequestServices.GetService<MemberClaims>() is not { } members
            || ActorClaims.ToActor(await members.AgainAsync(context.User)) == ActorClaims.ToActor(context.User);
    }

    /// <summary>The revision in <c>If-Match</c>; null when any will do. Routes that take one have it checked before.</summary>
    public static int? ExpectedRevision(this HttpContext context) => TryReadRevision(context, out var revision) ? revision : null;

    /// <summary>Reads <c>If-Match</c>: an ETag that an answer gave, or <c>*</c>.</summary>
    /// <returns>False when it is neither.</returns>
    public static bool TryReadRevision(HttpContext context, out int? revision)
    {
        revision = null;
        var text = context.Request.Headers.IfMatch.ToString().Trim();
        if (text is "" or "*")
            return true;
        if (text.StartsWith("W/", StringComparison.Ordinal))
            text = text[2..];
        if (!int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        revision = number;
        return true;
    }

    /// <summary>Why a change is made.</summary>
    public static string Message(this HttpContext context) => context.Request.Headers[MessageHeader].ToString();
}
