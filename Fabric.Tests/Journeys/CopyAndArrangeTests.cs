using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>Many nodes at once: chosen in a box, lined up, copied into another blueprint.</summary>
[Collection(JourneyCollection.Name)]
public sealed class CopyAndArrangeTests(JourneyBed bed)
{
    private const string Three = """
        apiVersion: fabric/v1
        kind: Blueprint
        metadata: { name: NAME, title: Three }
        spec:
          nodes:
            network: { entity: network@1, config: { cidr: 10.1.0.0/16 } }
            kubernetes: { entity: kubernetes@1, config: { networkId: "${network.networkId}", subnetIds: "${network.subnetIds}" } }
            storage: { entity: storage@1 }
          layout:
            network: [40, 40]
            kubernetes: [300, 72]
            storage: [80, 160]

        """;

    [Fact]
    public async Task Nodes_chosen_in_a_box_are_lined_up_and_copied_into_another_blueprint()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        var server = await bed.ServerAsync();
        var target = new Drafting(riley, server, "pasted-into");
        await target.PutAsync(Three.Replace("NAME", "pasted-into", StringComparison.Ordinal));
        var source = await Drafting.OpenAsync(riley, server, "copied-from", Three.Replace("NAME", "copied-from", StringComparison.Ordinal));

        await DragBoxAsync(source, "network", "storage");
        await Expect(source.Inspector.GetByRole(AriaRole.Heading, new() { Name = "3 nodes" })).ToBeVisibleAsync();
        await source.Inspector.GetByRole(AriaRole.Button, new() { Name = "Align left" }).ClickAsync();
        await source.SavedIsAsync(text => text.Contains("kubernetes: [40, 72]", StringComparison.Ordinal) && text.Contains("storage: [40, 160]", StringComparison.Ordinal), "all three are lined up");
        await source.PressCanvasAsync("Control+c");
        await riley.Page.WaitForFunctionAsync("localStorage.getItem('fabric-clipboard') !== null");

        await target.OpenAsync();
        await target.PressCanvasAsync("Control+v");
        await Expect(target.Card("kubernetes-2")).ToBeVisibleAsync();
        await target.SavedIsAsync(text => text.Contains("networkId: \"${network-2.networkId}\"", StringComparison.Ordinal), "what is bound among the copied follows");
        await target.PressCanvasAsync("Control+z");
        await target.SavedIsAsync(text => text == Three.Replace("NAME", "pasted-into", StringComparison.Ordinal), "the paste was one step");

        await target.ChooseAsync("network");
        await target.Card("network").Locator(".gc-name").ClickAsync(new() { Button = MouseButton.Right });
        await target.AnswerAsync("network", "no-op");
        await Expect(target.Card("network")).ToContainTextAsync("no-op");
        await Expect(target.Inspector).ToContainTextAsync("these have to be given when an environment is made");
        riley.AssertNothingBroke();
    }

    private static async Task DragBoxAsync(Drafting drafting, string first, string last)
    {
        await Expect(drafting.Card(last)).ToBeVisibleAsync();
        var (from, to) = ((await drafting.Card(first).BoundingBoxAsync())!, (await drafting.Card(last).BoundingBoxAsync())!);
        await drafting.Page.Keyboard.DownAsync("Shift");
        await drafting.DragAsync(from.X - 20, from.Y - 20, to.X + 560, to.Y + to.Height + 20);
        await drafting.Page.Keyboard.UpAsync("Shift");
    }
}
