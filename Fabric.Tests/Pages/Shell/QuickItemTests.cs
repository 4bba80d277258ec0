using Fabric.Web.Live;
using Fabric.Web.Shell;

namespace Fabric.Tests.Pages.Shell;

public sealed class QuickItemTests
{
    private static readonly EnvironmentLine[] Fleet = [new(Samples.Environment(), 7, null, null, null), new(Samples.Environment("reports"), 7, null, null, null)];

    [Fact]
    public void An_environment_is_found_by_a_piece_of_its_name() =>
        Assert.Equal($"/console/environments/{Samples.EnvironmentId}", QuickItem.Find(QuickItem.All("/console", Samples.Sre, Fleet), "anal")[0].Href);

    [Fact]
    public void A_second_word_leads_into_a_section() =>
        Assert.Equal([$"/portal/environments/{Samples.EnvironmentId}?tab=configuration"], QuickItem.Find(QuickItem.All("/portal", Samples.Owner, Fleet), "analytics config").Select(item => item.Href));

    [Fact]
    public void Pages_and_actions_are_found_by_what_they_are_called()
    {
        var all = QuickItem.All("/console", Samples.Sre, Fleet);

        Assert.Equal("/console/runs?state=waiting", Assert.Single(QuickItem.Find(all, "waiting yes")).Href);
        Assert.Equal("/console/agents?state=away", Assert.Single(QuickItem.Find(all, "agents away")).Href);
        Assert.Equal(QuickItem.Colours, Assert.Single(QuickItem.Find(all, "dark")).Title);
    }

    [Fact]
    public void Who_may_not_create_is_not_offered_it() =>
        Assert.Empty(QuickItem.Find(QuickItem.All("/portal", Samples.Viewer, Fleet), "create"));

    [Fact]
    public void Groups_stand_together()
    {
        var groups = QuickItem.Find(QuickItem.All("/console", Samples.Sre, Fleet), "").Select(item => item.Group).ToList();

        Assert.Equal(groups.Distinct().Count(), groups.Zip(groups.Skip(1)).Count(pair => pair.First != pair.Second) + 1);
    }
}
