using Bunit;
using Fabric.Web.Portal.Environments;

namespace Fabric.Tests.Pages.Portal;

public sealed class SnapshotOrderTests : PageBed
{
    [Fact]
    public async Task An_older_snapshot_that_arrives_late_does_not_replace_a_newer_one()
    {
        Desk.Environments[Samples.EnvironmentId] = Samples.View(revision: 3);
        var slow = new TaskCompletionSource();
        var page = Open<EnvironmentPage>(Samples.Owner, $"portal/environments/{Samples.EnvironmentId}", (nameof(EnvironmentPage.Id), Samples.EnvironmentId));
        Desk.Held = slow.Task;
        Desk.Notify(Samples.EnvironmentId);
        Settle();

        Desk.Environments[Samples.EnvironmentId] = Samples.View(revision: 4);
        Desk.Held = null;
        page.Render();
        await page.InvokeAsync(slow.SetResult);
        await page.InvokeAsync(() => { });

        await page.WaitForAssertionAsync(() => Assert.Equal("4", page.FindAll("dt").Single(term => term.TextContent == "Revision").NextElementSibling!.TextContent.Trim()));
    }
}
