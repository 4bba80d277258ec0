using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Live;

/// <summary>What pages offer a person about blueprints; the same rights are asked again where a change is made.</summary>
public static class BlueprintRights
{
    /// <summary>Drafts: new, derived, uploaded, put back.</summary>
    public static bool MayDraft(Actor actor) => Rights.Has(actor.Role, Right.Design);

    /// <summary>Versions: publish, deprecate, retire.</summary>
    public static bool MayPublish(Actor actor) => Rights.Has(actor.Role, Right.Administer);
}
