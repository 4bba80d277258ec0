using Bunit;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Tenancy;
using MudBlazor;

namespace Fabric.Tests.Pages.Portal;

public sealed class OperationTests : PageBed
{
    private IRenderedComponent<EnvironmentPage> OpenSheet(Actor actor)
    {
        Desk.Change = new ChangeAccepted(Samples.EnvironmentId, Samples.RunId, 0);
        Desk.Environments[Samples.EnvironmentId] = Samples.View() with
        {
            Operations = new Dictionary<string, IReadOnlyList<NodeOperation>> { ["cluster"] = [new NodeOperation("restart", "Restart", "One after the other.")] },
        };
        return Open<EnvironmentPage>(actor, $"portal/environments/{Samples.EnvironmentId}?node=cluster", (nameof(EnvironmentPage.Id), Samples.EnvironmentId));
    }

    [Fact]
    public void An_operation_starts_after_a_question()
    {
        var page = OpenSheet(Samples.Owner);
        var dialogs = Render<MudDialogProvider>();

        Button(page, "Restart Cluster").Click();
        Assert.DoesNotContain(Desk.Deeds, deed => deed.StartsWith("start", StringComparison.Ordinal));
        Assert.Contains("One after the other.", dialogs.Markup, StringComparison.Ordinal);
        Button(dialogs, "Restart").Click();

        page.WaitForAssertion(() => Assert.Equal("start Action cluster/restart", Desk.Deeds[^1]));
        Assert.Equal((3, 1), Desk.StartedAt);
    }

    [Fact]
    public void Who_may_not_change_is_offered_none() =>
        Assert.DoesNotContain("Restart", OpenSheet(Samples.Viewer).Markup, StringComparison.Ordinal);
}
