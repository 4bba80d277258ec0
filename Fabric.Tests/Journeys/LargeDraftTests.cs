using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>A draft of 300 nodes and about 600 edges. What it measures it prints; it fails only when something does not work.</summary>
[Collection(JourneyCollection.Name)]
public sealed class LargeDraftTests(JourneyBed bed)
{
    private const int Count = 300;

    // Counts frames and the longest gap between two while a node is dragged.
    private const string Watch = """
        () => {
          window.frames_ = [];
          const tick = at => { window.frames_.push(at); window.watching_ = requestAnimationFrame(tick); };
          window.watching_ = requestAnimationFrame(tick);
        }
        """;

    private const string Stop = """
        () => {
          cancelAnimationFrame(window.watching_);
          const gaps = window.frames_.slice(1).map((at, i) => at - window.frames_[i]).sort((a, b) => a - b);
          return [gaps.length, gaps[Math.floor(gaps.length / 2)] ?? 0, gaps[Math.floor(gaps.length * 0.95)] ?? 0];
        }
        """;

    [Fact]
    public async Task Three_hundred_nodes_load_are_moved_and_are_saved_by_small_messages()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        var server = await bed.ServerAsync();
        var drafting = new Drafting(riley, server, "large");
        await drafting.PutAsync(Text());
        var largest = 0;
        riley.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => largest = Math.Max(largest, frame.Binary?.Length ?? frame.Text?.Length ?? 0);
        // Once to warm the server up, then the visit that is measured.
        await drafting.OpenAsync();
        await Expect(drafting.Card($"n{Count - 1}")).ToHaveCountAsync(1);
        await drafting.OpenAsync();
        await Expect(drafting.Card($"n{Count - 1}")).ToHaveCountAsync(1);
        await Expect(drafting.Canvas.Locator(".dc")).ToHaveCountAsync(Count);
        await riley.Page.WaitForFunctionAsync("performance.getEntriesByName('fabric-drawn').length > 0");
        var drawn = await riley.Page.EvaluateAsync<double>("performance.getEntriesByName('fabric-drawn')[0].duration");

        var card = (await drafting.Card("n0").BoundingBoxAsync())!;
        await riley.Page.Mouse.MoveAsync(card.X + (card.Width / 2), card.Y + (card.Height / 2));
        await riley.Page.Mouse.DownAsync();
        await riley.Page.EvaluateAsync(Watch);
        for (var step = 0; step < 60; step++)
            await riley.Page.Mouse.MoveAsync(card.X + 5 + (step * 3), card.Y + 5 + (step * 2));
        var frames = await riley.Page.EvaluateAsync<double[]>(Stop);
        await riley.Page.Mouse.UpAsync();
        await drafting.SavedIsAsync(text => !text.Contains("n0: [0, 0]", StringComparison.Ordinal), "the drag was saved");
        await riley.Page.GetByRole(AriaRole.Button, new() { Name = "Tidy" }).ClickAsync();
        await drafting.SavedIsAsync(text => !text.Contains("n1: [240, 0]", StringComparison.Ordinal), "all places were saved");

        Assert.InRange(largest, 1, 32 * 1024);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count} nodes drawn in {drawn:F0} ms; drag: median frame {frames[1]:F1} ms, 95th {frames[2]:F1} ms over {frames[0]:F0} frames; largest message to the server {largest / 1024.0:F1} KiB"));
        riley.AssertNothingBroke();
    }

    /// <summary>Every node takes two values of earlier ones.</summary>
    private static string Text()
    {
        var text = new StringBuilder("apiVersion: fabric/v1\nkind: Blueprint\nmetadata: { name: large, title: Large }\nspec:\n  nodes:\n    n0: { entity: workload-identity@1, config: { cluster: c, bucket: b } }\n");
        for (var i = 1; i < Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"    n{i}:\n      entity: workload-identity@1\n      config:\n        cluster: \"${{n{Math.Max(0, i - 20)}.role}}\"\n        bucket: \"${{n{i / 2}.role}}\"\n");
        text.Append("  layout:\n");
        for (var i = 0; i < Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"    n{i}: [{i % 20 * 240}, {i / 20 * 110}]\n");
        return text.ToString();
    }
}
