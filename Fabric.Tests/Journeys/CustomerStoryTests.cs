using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>What a customer does in the first five minutes, on one document that is never loaded anew.</summary>
[Collection(JourneyCollection.Name)]
public sealed class CustomerStoryTests(JourneyBed bed)
{
    private const string Name = "first-steps";

    [Fact]
    public async Task An_owner_creates_approves_scales_and_deletes_an_environment_and_sees_every_change_live()
    {
        await using var olivia = await bed.VisitAsync();
        await olivia.SignInAsync("Olivia");
        await Expect(olivia.Link("Create an environment")).ToBeVisibleAsync();
        await olivia.MarkDocumentAsync();

        await olivia.ChooseAsync(Name);
        await Pictures.TakeAsync(olivia, "configure");
        await olivia.PlanAndCreateAsync(Name);
        await ReachesTheGateAsync(olivia);
        await Pictures.TakeAsync(olivia, "environment");
        await olivia.ApproveAsync();
        foreach (var node in new[] { "network", "pinot", "monitoring" })
            await Expect(olivia.Card(node)).ToContainTextAsync("Ready");

        await ScaleAsync(olivia);
        await RevisionsAsync(olivia);
        await DeleteAsync(olivia);

        await olivia.AssertSameDocumentAsync();
        olivia.AssertNothingBroke();
    }

    private static async Task ReachesTheGateAsync(Visitor olivia)
    {
        await Expect(olivia.State).ToHaveTextAsync("Provisioning");
        await Expect(olivia.Card("approve")).ToContainTextAsync("Needs approval");
        foreach (var node in new[] { "network", "storage", "kubernetes", "workload-identity", "agent" })
            await Expect(olivia.Card(node)).ToContainTextAsync("Succeeded");
        await Expect(olivia.Card("pinot")).ToContainTextAsync("Waiting");
    }

    private static async Task ScaleAsync(Visitor olivia)
    {
        await olivia.Section("Configuration").ClickAsync();
        var servers = olivia.Page.GetByLabel("Servers", new() { Exact = true });
        await Expect(servers).ToHaveValueAsync("3");
        await servers.FillAsync("5");
        await servers.BlurAsync();
        await olivia.Button("Review changes").ClickAsync();

        var row = olivia.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "servers" }).First;
        await Expect(row).ToContainTextAsync("3");
        await Expect(row).ToContainTextAsync("5");
        await Expect(olivia.Page.Locator(".plan-step")).ToHaveCountAsync(1);
        await Expect(olivia.Page.GetByRole(AriaRole.Region, new() { Name = "Update pinot" })).ToBeVisibleAsync();
        await olivia.Page.GetByLabel("Why").FillAsync("More room for the autumn.");
        await olivia.Button("Save and run").ClickAsync();

        await olivia.Section("Activity").ClickAsync();
        await olivia.ApproveAsync();
        var journal = olivia.Page.GetByRole(AriaRole.Log).GetByRole(AriaRole.Listitem);
        await Expect(journal.Filter(new() { HasText = "Every step is done." })).ToHaveCountAsync(1);
        await Expect(journal.Filter(new() { HasText = "Updating" })).ToHaveCountAsync(1);
        await Expect(journal.Filter(new() { HasText = "Updating" })).ToContainTextAsync("pinot");
        await Expect(journal.Filter(new() { HasText = "Nothing to do." })).ToHaveCountAsync(10);
    }

    private static async Task RevisionsAsync(Visitor olivia)
    {
        await olivia.Section("Changes").ClickAsync();
        var newest = olivia.Page.GetByRole(AriaRole.Group).Filter(new() { HasText = "Revision 2" });
        await Expect(newest).ToContainTextAsync("More room for the autumn.");
        await Expect(newest).ToContainTextAsync("Olivia");
        await Expect(newest.GetByRole(AriaRole.Row).Filter(new() { HasText = "servers" })).ToContainTextAsync("5");
    }

    private static async Task DeleteAsync(Visitor olivia)
    {
        await olivia.Button("Delete").ClickAsync();
        var dialog = olivia.Page.GetByRole(AriaRole.Dialog);
        var go = dialog.GetByRole(AriaRole.Button, new() { Name = "Delete environment" });
        await Expect(go).ToBeDisabledAsync();
        await dialog.GetByRole(AriaRole.Textbox).FillAsync(Name);
        await go.ClickAsync();
        await Expect(olivia.State).ToHaveTextAsync("Destroyed");
        await Expect(olivia.Card("pinot")).ToContainTextAsync("Destroyed");
    }
}
