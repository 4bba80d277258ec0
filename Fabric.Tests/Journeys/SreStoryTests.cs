using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>The vendor's engineer watches while a customer works, each at a browser of their own.</summary>
[Collection(JourneyCollection.Name)]
public sealed class SreStoryTests(JourneyBed bed)
{
    private const string Name = "watched";

    [Fact]
    public async Task An_SRE_sees_a_customers_environment_come_up_live_and_cannot_say_yes_in_the_customers_place()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        await Expect(riley.Heading("Fleet")).ToBeVisibleAsync();
        await riley.MarkDocumentAsync();
        await using var olivia = await bed.VisitAsync();
        await olivia.SignInAsync("Olivia");

        await olivia.ChooseAsync(Name);
        await olivia.PlanAndCreateAsync(Name);
        var row = riley.Page.GetByRole(AriaRole.Row).Filter(new() { Has = riley.Link(Name) });
        await Expect(row).ToContainTextAsync("Provisioning");
        await Expect(row).ToContainTextAsync("5/12");

        await riley.Link(Name).ClickAsync();
        await ReadsTheRunAsync(riley);
        await olivia.ApproveAsync();
        await Expect(riley.State).ToHaveTextAsync("Ready");
        await Expect(riley.Card("pinot")).ToContainTextAsync("Ready");

        await riley.Link("Agents").ClickAsync();
        await Expect(riley.Heading("Agents")).ToBeVisibleAsync();
        await riley.Link("Fleet").ClickAsync();
        await Expect(row).ToContainTextAsync("Ready");
        await riley.AssertSameDocumentAsync();
        riley.AssertNothingBroke();
    }

    [Fact]
    public async Task An_owner_who_opens_the_console_is_refused_with_a_page_that_leads_back()
    {
        await using var olivia = await bed.VisitAsync();
        await olivia.SignInAsync("Olivia");
        foreach (var path in new[] { "/console", "/console/agents", $"/console/environments/{Guid.Empty}" })
        {
            await olivia.Page.GotoAsync(path);
            await Expect(olivia.Page.GetByText("This page is open to another role than yours.")).ToBeVisibleAsync();
            await Expect(olivia.Page.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
        }

        await olivia.Link("Go to your own pages").ClickAsync();
        await Expect(olivia.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/portal$"));
        olivia.AssertNothingBroke();
    }

    private static async Task ReadsTheRunAsync(Visitor riley)
    {
        await Expect(riley.State).ToHaveTextAsync("Provisioning");
        await Expect(riley.Card("approve")).ToContainTextAsync("Needs approval");
        var gate = riley.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Needs approval" });
        await Expect(gate).ToContainTextAsync("approve");
        await Expect(riley.Button("Approve approve")).ToHaveCountAsync(0);
        await riley.Link("Run 1").ClickAsync();
        await riley.Link("network").ClickAsync();
        var sheet = riley.Page.GetByRole(AriaRole.Complementary);
        await Expect(sheet.GetByRole(AriaRole.Log)).ToContainTextAsync("Done.");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(sheet).ToHaveCountAsync(0);
        await Expect(riley.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("Environment created by Olivia.");
    }
}
