using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Access;

/// <summary>Changes are made by who the person is now, whatever the page was opened with.</summary>
internal static class AsNow
{
    /// <summary>Asks the directory first where a page is drawn; a program's call goes straight through.</summary>
    public static async Task<Outcome<T>> AsNowAsync<T>(this SignedIn person, Actor actor, Func<Actor, Task<Outcome<T>>> change)
    {
        if (!person.IsPage)
            return await change(actor);
        return await person.AskAsync() is { } now
            ? await change(now)
            : new OperationFault(FaultKind.Forbidden, "Forbidden", $"You are no member of {actor.Tenant} any more. Nothing was changed.");
    }
}
