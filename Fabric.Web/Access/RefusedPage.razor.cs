using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Access;

/// <summary>Says why somebody does not get in: the issuer did not vouch for them, Fabric does not know them, or the page is not for their role.</summary>
public sealed partial class RefusedPage
{
    [CascadingParameter]
    public required HttpContext Context { get; set; }

    /// <summary><c>issuer</c> when the sign-in itself failed.</summary>
    [SupplyParameterFromQuery]
    public string? Why { get; set; }

    private Actor? Known => ActorClaims.ToActor(Context.User);

    private string? Subject => Context.User.FindFirst(ActorClaims.Subject)?.Value;

    private string Title => Known is not null ? "Not for your role" : Subject is not null ? "Fabric does not know you" : "You are not signed in";

    private string Text => Known is { } actor ? $"This page is open to another role than yours. You are {actor.Role} of {actor.Tenant}; nothing was changed."
        : Subject is { } subject ? $"You signed in as {Context.User.FindFirst(ActorClaims.Name)?.Value ?? subject}, but no tenant has you as a member."
        : Why == "issuer" ? "Your organisation's sign-in did not vouch for you, or the sign-in took too long." : "Sign in first.";

    private string Todo => Known is not null
        ? "Go back, or sign in as somebody else."
        : $"Ask an owner of your tenant, or the vendor, to make {Subject} a member, or to give you a role fabric:tenant:role at your organisation's sign-in.";

    protected override void OnInitialized() => Context.Response.StatusCode = StatusCodes.Status403Forbidden;
}
