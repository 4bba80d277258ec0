using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>A blueprint is derived, changed, published twice, compared, and run: one story, in the pages.</summary>
[Collection(JourneyCollection.Name)]
public sealed class BlueprintLifeStoryTests(JourneyBed bed)
{
    private const string Name = "pinot-ours";

    private static readonly string[] Theirs = ["Network", "Kubernetes", "Object storage", "Workload identity"];

    [Fact]
    public async Task Derived_published_compared_and_watched_live()
    {
        await using var ada = await bed.VisitAsync();
        await ada.SignInAsync("Ada");
        await DeriveAsync(ada);
        var drafting = new Drafting(ada, await bed.ServerAsync(), Name);
        await OverridesAsync(ada, drafting);
        await PublishAsync(ada, "Pinot on a cluster that is there.", "1");
        await drafting.OpenAsync();
        await drafting.TypeNodeAsync("gate:wait", "wait");
        await drafting.TypeEdgeAsync("pinot", "", "wait", "");
        await drafting.GoAsync("wait");
        await drafting.Inspector.GetByLabel("How long").FillAsync("1s");
        await drafting.PressAsync("Tab");
        await drafting.SavedIsAsync(text => text.Contains("duration: 1s", StringComparison.Ordinal), "the wait is a second");
        await PublishAsync(ada, "A pause after Pinot.", "2");
        await ComparesAsync(ada);
        await RunsAsync(ada);
        ada.AssertNothingBroke();
    }

    private static async Task DeriveAsync(Visitor ada)
    {
        await ada.Page.GotoAsync("/console/blueprints/pinot-byoc");
        await ada.Button("Derive").ClickAsync();
        await ada.Page.Locator("#derive-name").FillAsync(Name);
        await ada.Page.GetByLabel("Title").FillAsync("Pinot, ours");
        foreach (var part in Theirs)
            await ada.Page.GetByRole(AriaRole.Switch, new() { Name = part }).CheckAsync();
        await Expect(ada.Page.GetByText("Who creates an environment has to give")).ToBeVisibleAsync();
        await Pictures.TakeAsync(ada, "derive");
        await ada.Button("Make the draft").ClickAsync();
    }

    /// <summary>An edit of what is inherited writes an override, and nothing else.</summary>
    private static async Task OverridesAsync(Visitor ada, Drafting drafting)
    {
        await Expect(drafting.Card("network")).ToContainTextAsync("no-op");
        await Expect(drafting.Card("pinot")).ToContainTextAsync("inherited");
        var before = await drafting.SavedAsync();
        Assert.True(before.Split('\n').Length < 16, $"a derived file is small:\n{before}");
        await drafting.ChooseAsync("namespace");
        await drafting.Inspector.Locator("#f-cpuQuota").FillAsync("32");
        await drafting.PressAsync("Tab");
        await drafting.SavedIsAsync(text => text.TrimEnd().EndsWith("namespace:\n      config:\n        cpuQuota: 32", StringComparison.Ordinal), "the override is in the file");
        await Expect(drafting.Card("namespace")).Not.ToContainTextAsync("inherited");
        await Pictures.TakeAsync(ada, "pages/designer-derived");
    }

    private static async Task PublishAsync(Visitor ada, string message, string version)
    {
        await ada.Link("Publish").ClickAsync();
        await Expect(ada.Heading($"Publish {Name} as version {version}")).ToBeVisibleAsync();
        await ada.Page.Locator("#message").FillAsync(message);
        await Pictures.TakeAsync(ada, $"pages/publish-{version}");
        await ada.Button($"Publish version {version}").ClickAsync();
        await Expect(ada.Page.GetByText(message).First).ToBeVisibleAsync();
    }

    private static async Task ComparesAsync(Visitor ada)
    {
        await ada.Page.GotoAsync($"/console/blueprints/{Name}/diff?from=1&to=2");
        await Expect(ada.Page.GetByText("1 added")).ToBeVisibleAsync();
        await Expect(ada.Card("wait")).ToContainTextAsync("Added");
        await Expect(ada.Page.GetByText("gate: wait").First).ToBeVisibleAsync();
        await Pictures.TakeAsync(ada, "compare");
    }

    /// <summary>A customer creates one on what is there already, and the vendor watches.</summary>
    private async Task RunsAsync(Visitor ada)
    {
        await using var olivia = await bed.VisitAsync();
        await olivia.SignInAsync("Olivia");
        await olivia.ChooseAsync("ours", "Pinot, ours");
        foreach (var (field, value) in new[] { ("cluster", "their-cluster"), ("bucket", "their-bucket"), ("role", "their-role") })
            await olivia.Page.Locator($"#f-{field}").FillAsync(value);
        await olivia.PressAsync("Tab");
        await olivia.PlanAndCreateAsync("ours");
        await ada.Page.GotoAsync("/console");
        await ada.Link("ours").ClickAsync();
        await Expect(ada.Card("approve")).ToContainTextAsync("Needs approval");
        await olivia.ApproveAsync();
        await Expect(ada.State).ToHaveTextAsync("Ready");
        await Expect(ada.Card("wait")).ToContainTextAsync("Succeeded");
        await Pictures.TakeAsync(ada, "pages/watched");
        olivia.AssertNothingBroke();
    }
}
