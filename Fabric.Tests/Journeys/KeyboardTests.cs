using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>The customer's story without a mouse.</summary>
[Collection(JourneyCollection.Name)]
public sealed class KeyboardTests(JourneyBed bed)
{
    private const string Name = "by-keys";

    [Fact]
    public async Task An_owner_signs_in_creates_and_approves_with_the_keyboard_alone()
    {
        await using var olivia = await bed.VisitAsync();
        await olivia.Page.GotoAsync("/signin");
        await olivia.TabToAsync(olivia.Page.GetByRole(AriaRole.Button, new() { Name = "Olivia," }));
        await olivia.PressAsync("Enter");
        await olivia.TabToAsync(olivia.Link("Create an environment"));
        await olivia.PressAsync("Enter");
        await olivia.TabToAsync(olivia.Page.GetByRole(AriaRole.Button, new() { Name = "Pinot in your cloud" }));
        await olivia.PressAsync("Enter");
        await olivia.TabToAsync(olivia.Page.GetByLabel("Name"));
        await olivia.Page.Keyboard.TypeAsync(Name);
        await Expect(olivia.Button("Continue")).ToBeEnabledAsync();
        await olivia.PressAsync("Enter");
        await olivia.TabToAsync(olivia.Button("Show the plan"));
        await olivia.PressAsync("Enter");
        await olivia.TabToAsync(olivia.Button($"Create {Name}"));
        await olivia.PressAsync("Enter");
        await olivia.TabToAsync(olivia.Button("Approve approve").First);
        await olivia.PressAsync("Enter");
        await Expect(olivia.State).ToHaveTextAsync("Ready");

        await ReadsANodeAsync(olivia);
        olivia.AssertNothingBroke();
    }

    /// <summary>The drawing is one stop; arrows walk along its edges, Enter opens a node and Escape closes it.</summary>
    private static async Task ReadsANodeAsync(Visitor olivia)
    {
        await olivia.TabToAsync(olivia.Card("network"));
        await olivia.PressAsync("ArrowRight");
        await Expect(olivia.Card("kubernetes")).ToBeFocusedAsync();
        await olivia.PressAsync("Enter");
        var sheet = olivia.Page.GetByRole(AriaRole.Complementary);
        await Expect(sheet).ToContainTextAsync("kubernetes");
        await Expect(sheet).ToBeFocusedAsync();
        await olivia.PressAsync("Escape");
        await Expect(sheet).ToHaveCountAsync(0);
    }
}
