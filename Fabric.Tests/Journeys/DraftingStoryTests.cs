using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>What goes wrong while one draws, and how the designer says so; undo; two people at one draft.</summary>
[Collection(JourneyCollection.Name)]
public sealed class DraftingStoryTests(JourneyBed bed)
{
    private const string Two = """
        # Ours, kept as written.
        apiVersion: fabric/v1
        kind: Blueprint
        metadata: { name: NAME, title: Two }
        spec:
          nodes:
            network: { entity: network@1, config: { cidr: 10.1.0.0/16 } } # the way in
            kubernetes:
              entity: kubernetes@1
              config:
                networkId: "${network.networkId}"
                subnetIds: "${network.subnetIds}"
          layout:
            network: [40, 40]
            kubernetes: [360, 40]

        """;

    private static string Named(string name) => Two.Replace("NAME", name, StringComparison.Ordinal);

    [Fact]
    public async Task Five_ways_to_break_a_blueprint_are_each_named_where_they_are()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        var drafting = await Drafting.OpenAsync(riley, await bed.ServerAsync(), "broken", Named("broken"));
        await Expect(drafting.ProblemCount).ToHaveTextAsync("No problems");

        // A circle is refused while it is dragged.
        await drafting.TryEdgeAsync("kubernetes", "", "network");
        await Expect(drafting.Says).ToContainTextAsync("The nodes would wait for each other in a circle: network -> kubernetes -> network.");

        // A binding whose source is gone.
        await drafting.ChooseAsync("network");
        await drafting.PressAsync("Delete");
        await Expect(drafting.ProblemCount).ToHaveTextAsync("2 problems");
        await Pictures.TakeAsync(riley, "designer-problems");
        await drafting.ProblemCount.ClickAsync();
        await drafting.Problems.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(drafting.Inspector.GetByRole(AriaRole.Heading, new() { Name = "kubernetes" })).ToBeVisibleAsync();
        await drafting.PressCanvasAsync("Control+z");
        await Expect(drafting.ProblemCount).ToHaveTextAsync("No problems");

        // A value that its schema refuses.
        await drafting.ChooseAsync("kubernetes");
        await drafting.Inspector.Locator("#f-minNodes").FillAsync("900");
        await drafting.PressAsync("Tab");
        await Expect(drafting.Inspector.Locator("#f-minNodes-says")).ToContainTextAsync("200");
        await Expect(drafting.ProblemCount).ToHaveTextAsync("1 problem");
        await drafting.PressCanvasAsync("Control+z");
        await Expect(drafting.ProblemCount).ToHaveTextAsync("No problems");

        // A type that the catalog does not have.
        await drafting.Inspector.GetByLabel("Entity type and version").FillAsync("kubernets@1");
        await drafting.PressAsync("Tab");
        await Expect(drafting.Inspector).ToContainTextAsync("There is no entity type 'kubernets'. Did you mean 'kubernetes'?");
        await drafting.PressCanvasAsync("Control+z");
        await Expect(drafting.ProblemCount).ToHaveTextAsync("No problems");

        // A text that is no YAML any more: the drawing stays, and says so.
        await drafting.TypeAtEndAsync("\n  nonsense: [");
        await Expect(drafting.Page.Locator(".design-held")).ToBeVisibleAsync();
        await Expect(drafting.Card("kubernetes")).ToBeVisibleAsync();
        await Expect(drafting.ProblemCount).Not.ToHaveTextAsync("No problems");
        await drafting.PressAsync("Control+z");
        await Expect(drafting.ProblemCount).ToHaveTextAsync("No problems");
        await drafting.SavedIsAsync(text => text == Named("broken"), "every break was undone");
        riley.AssertNothingBroke();
    }

    [Fact]
    public async Task Thirty_steps_are_undone_and_redone_to_the_same_bytes_over_a_reload()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        var drafting = await Drafting.OpenAsync(riley, await bed.ServerAsync(), "undone", Named("undone"));
        await drafting.ChooseAsync("network");
        var texts = new List<string> { await drafting.SavedAsync() };
        for (var step = 0; step < 30; step++)
        {
            await StepAsync(drafting, step);
            await drafting.SavedIsAsync(text => text != texts[^1], $"step {step} was saved");
            texts.Add(await drafting.SavedAsync());
        }

        await drafting.Page.ReloadAsync();
        await Expect(drafting.Card("network")).ToBeVisibleAsync();
        for (var step = 29; step >= 0; step--)
        {
            await drafting.PressCanvasAsync("Control+z");
            await drafting.SavedIsAsync(text => text == texts[step], $"step {step} was undone");
        }

        Assert.Equal(Named("undone"), await drafting.SavedAsync());
        for (var step = 1; step <= 30; step++)
        {
            await drafting.PressCanvasAsync("Control+Shift+Z");
            await drafting.SavedIsAsync(text => text == texts[step], $"step {step} was redone");
        }

        riley.AssertNothingBroke();
    }

    [Fact]
    public async Task Two_people_at_one_draft_see_each_other_and_each_others_changes()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        var first = await Drafting.OpenAsync(riley, await bed.ServerAsync(), "shared", Named("shared"));
        await using var ada = await bed.VisitAsync();
        await ada.SignInAsync("Ada");
        var second = new Drafting(ada, await bed.ServerAsync(), "shared");
        await second.OpenAsync();
        await Expect(first.Page.Locator(".bar-others")).ToContainTextAsync("Ada");
        await Expect(second.Page.Locator(".bar-others")).ToContainTextAsync("Riley");

        await first.TypeNodeAsync("storage", "storage");
        await Expect(second.Card("storage")).ToBeVisibleAsync();
        await Expect(second.Page.Locator(".designer-news")).ToContainTextAsync(new Regex("Riley.*: Add storage"));
        await Expect(second.Text).ToContainTextAsync("storage@1");
        await Pictures.TakeAsync(ada, "pages/designer-shared");

        await ada.Page.CloseAsync();
        await Expect(first.Page.Locator(".bar-others")).ToHaveCountAsync(0);
        riley.AssertNothingBroke();
        ada.AssertNothingBroke();
    }

    [Fact]
    public async Task Who_types_without_a_network_while_another_draws_sees_both_sides_and_loses_nothing()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        var cut = await Drafting.OpenAsync(riley, await bed.ServerAsync(), "clashed", Named("clashed"));
        await using var ada = await bed.VisitAsync();
        await ada.SignInAsync("Ada");
        var other = new Drafting(ada, await bed.ServerAsync(), "clashed");
        await other.OpenAsync();

        await riley.CutAsync();
        await cut.TypeAtEndAsync("\n# typed without a network");
        await other.TypeNodeAsync("storage", "storage");
        await other.SavedIsAsync(text => text.Contains("storage@1", StringComparison.Ordinal), "the other's node is saved");
        await riley.MendAsync();

        var clash = cut.Page.GetByRole(AriaRole.Dialog, new() { Name = "Ada changed this draft before your change was saved" });
        await Expect(clash.GetByRole(AriaRole.Textbox, new() { Name = "Saved by Ada" })).ToContainTextAsync("storage@1");
        await Expect(clash.GetByRole(AriaRole.Textbox, new() { Name = "Yours" })).ToContainTextAsync("typed without a network");
        await Pictures.TakeAsync(riley, "designer-clash");
        await clash.GetByRole(AriaRole.Button, new() { Name = "Keep both" }).ClickAsync();
        await cut.SavedIsAsync(text => text.Contains("storage@1", StringComparison.Ordinal) && text.Contains("# typed without a network", StringComparison.Ordinal), "both changes are in the text");
        await Expect(other.Text).ToContainTextAsync("typed without a network");
    }

    [Fact]
    public async Task What_is_typed_into_the_text_is_drawn_and_the_cursor_chooses_the_node()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        var drafting = await Drafting.OpenAsync(riley, await bed.ServerAsync(), "typed", Named("typed").ReplaceLineEndings("\r\n"));
        await drafting.Page.Locator(".cm-line", new() { HasText = "kubernetes@1" }).ClickAsync();
        await Expect(drafting.Inspector.GetByRole(AriaRole.Heading, new() { Name = "kubernetes" })).ToBeVisibleAsync();
        await drafting.PressAsync("Home");
        await drafting.Page.Keyboard.TypeAsync("title: Ours");
        await drafting.PressAsync("Enter");
        await Expect(drafting.Card("kubernetes")).ToContainTextAsync("Ours");
        var expected = Named("typed").Replace("      entity: kubernetes@1\n", "      title: Ours\n      entity: kubernetes@1\n", StringComparison.Ordinal).ReplaceLineEndings("\r\n");
        await drafting.SavedIsAsync(text => text == expected, "only the typed line is new, and line ends are as they were");
        riley.AssertNothingBroke();
    }

    /// <summary>Moves a node, adds one, changes a setting, or renames, in turn.</summary>
    private static async Task StepAsync(Drafting drafting, int step)
    {
        switch (step % 5)
        {
            case 0:
                await drafting.ChooseAsync("network");
                await drafting.PressAsync("Alt+ArrowDown");
                break;
            case 1:
                await drafting.TypeNodeAsync("storage", step == 1 ? "storage" : $"storage-{(step / 5) + 1}");
                break;
            case 2:
                await drafting.ChooseAsync("kubernetes");
                await drafting.Inspector.Locator("#f-minNodes").FillAsync($"{step}");
                await drafting.PressAsync("Tab");
                break;
            case 3:
                await drafting.ChooseAsync("network");
                await drafting.Inspector.GetByLabel("Title", new() { Exact = true }).FillAsync($"Title {step}");
                await drafting.PressAsync("Tab");
                break;
            default:
                await drafting.TypeEdgeAsync("network", "", step == 4 ? "storage" : $"storage-{(step / 5) + 1}", "");
                break;
        }
    }
}
