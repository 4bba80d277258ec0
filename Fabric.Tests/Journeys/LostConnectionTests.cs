using Fabric.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>A page that stays open comes back by itself, whatever became of the connection or of the server.</summary>
[Collection(JourneyCollection.Name)]
public sealed class LostConnectionTests(JourneyBed bed)
{
    private const string Name = "cut-off";

    [Fact]
    public async Task A_page_says_that_the_server_is_away_and_comes_back_by_itself_when_the_server_does()
    {
        await bed.ServerAsync();
        await using var own = await ServerProcess.StartAsync();
        await using var olivia = await bed.VisitAsync(at: own);
        await olivia.SignInAsync("Olivia");
        await olivia.ChooseAsync(Name);
        await olivia.PlanAndCreateAsync(Name);
        await Expect(olivia.Button("Approve approve")).ToBeVisibleAsync();

        await own.KillAsync();
        await Expect(Bar(olivia)).ToBeVisibleAsync();
        await Expect(olivia.Heading(Name)).ToBeVisibleAsync();
        await own.StartAsync();

        await Expect(Bar(olivia)).ToBeHiddenAsync();
        await Expect(olivia.Card("approve")).ToContainTextAsync("Needs approval");
        await olivia.ApproveAsync();
    }

    [Fact]
    public async Task A_page_that_was_offline_goes_on_where_it_was_and_shows_what_happened_meanwhile()
    {
        await using var olivia = await bed.VisitAsync();
        await olivia.SignInAsync("Olivia");
        await olivia.ChooseAsync("offline");
        await olivia.PlanAndCreateAsync("offline");
        await using var second = await bed.VisitAsync();
        await second.SignInAsync("Olivia");
        await second.Page.GotoAsync(new Uri(olivia.Page.Url).PathAndQuery);
        await Expect(second.Button("Approve approve")).ToBeVisibleAsync();
        await Expect(olivia.Button("Approve approve")).ToBeVisibleAsync();

        await olivia.CutAsync();
        await Expect(Bar(olivia)).ToBeVisibleAsync();
        await second.ApproveAsync();
        await olivia.MendAsync();

        await Expect(Bar(olivia)).ToBeHiddenAsync();
        await Expect(olivia.State).ToHaveTextAsync("Ready");
        await Expect(olivia.Card("pinot")).ToContainTextAsync("Ready");
    }

    private static ILocator Bar(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "connection" });
}
