using Fabric.Web.Designer.Session;

namespace Fabric.Tests.Designer;

public sealed class WhoIsHere
{
    [Fact]
    public void Others_at_the_same_draft_are_seen_until_they_leave()
    {
        var presence = new Presence();
        var told = new List<string>();
        presence.Changed += told.Add;
        using var riley = presence.Join("pinot", "Riley");
        using var elsewhere = presence.Join("shop", "Olivia");
        var ada = presence.Join("pinot", "Ada");
        Assert.Equal(["Ada"], presence.Others(riley));
        Assert.Equal(["Riley"], presence.Others(ada));
        ada.Dispose();
        ada.Dispose();
        Assert.Empty(presence.Others(riley));
        Assert.Equal(["pinot", "shop", "pinot", "pinot"], told);
    }
}
