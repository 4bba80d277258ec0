using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>A person in the designer, and the words for what people do on its canvas.</summary>
internal sealed class Drafting(Visitor visitor, ServerProcess server, string name)
{
    public IPage Page => visitor.Page;

    public ILocator Canvas => Page.Locator(".design-canvas");

    public ILocator Inspector => Page.GetByRole(AriaRole.Complementary, new() { Name = "Inspector" });

    public ILocator Problems => Page.GetByRole(AriaRole.List, new() { Name = "Problems" });

    /// <summary>The line of the bar that counts what is wrong.</summary>
    public ILocator ProblemCount => Page.Locator(".bar-problems");

    public ILocator Says => Page.Locator(".designer-says");

    public ILocator Text => Page.GetByRole(AriaRole.Textbox, new() { Name = "Text of the blueprint" });

    public ILocator Card(string node) => Canvas.Locator($".dc[data-node='{node}']");

    /// <summary>An edge; there is one per pair of nodes.</summary>
    public ILocator Edge(string from, string to) => Canvas.Locator($".x6-edge[data-cell-id='{from}>{to}']");

    /// <summary>Writes a draft through the API and opens it in the designer.</summary>
    public static async Task<Drafting> OpenAsync(Visitor visitor, ServerProcess server, string name, string yaml)
    {
        var drafting = new Drafting(visitor, server, name);
        await drafting.PutAsync(yaml);
        await drafting.OpenAsync();
        return drafting;
    }

    public async Task OpenAsync()
    {
        await Page.GotoAsync($"/console/blueprints/{name}/design");
        await Expect(Page.Locator(".cm-content")).ToBeVisibleAsync();
    }

    public async Task PutAsync(string yaml)
    {
        using var body = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await server.Http.PutAsync($"/api/v1/blueprints/{name}/draft", body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The draft as it is saved, byte for byte.</summary>
    public Task<string> SavedAsync() => server.Http.GetStringAsync($"/api/v1/blueprints/{name}/draft", TestContext.Current.CancellationToken);

    /// <summary>Waits until the saved draft is as expected.</summary>
    public async Task SavedIsAsync(Func<string, bool> expected, string what)
    {
        var end = DateTime.UtcNow.AddSeconds(20);
        var text = await SavedAsync();
        while (!expected(text))
        {
            Assert.True(DateTime.UtcNow < end, $"{what}; the draft is:\n{text}");
            await Page.WaitForTimeoutAsync(50);
            text = await SavedAsync();
        }
    }

    /// <summary>What is different between what the draft compiles to and a published blueprint.</summary>
    public async Task<JsonNode> PublishedAsync(string message)
    {
        using var answer = await server.Http.PostAsync($"/api/v1/blueprints/{name}/publish", new StringContent($$"""{"message":"{{message}}"}""", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Drags a type from the palette to a point of the canvas, in its pixels.</summary>
    public async Task DragTypeAsync(string key, string node, float x, float y)
    {
        var box = (await Canvas.BoundingBoxAsync())!;
        var item = Page.Locator($"[data-add='{key}']");
        await item.ScrollIntoViewIfNeededAsync();
        var from = (await item.BoundingBoxAsync())!;
        await DragAsync(from.X + 40, from.Y + 14, box.X + x, box.Y + y);
        await Expect(Card(node)).ToBeVisibleAsync();
    }

    /// <summary>Drags from an output (or "then") to another node, and to one of its inputs where that is to be chosen.</summary>
    public async Task DragEdgeAsync(string from, string output, string to, string? input = null)
    {
        await Card(from).HoverAsync();
        var pill = (await Card(from).Locator($".dc-out[data-output='{output}']").BoundingBoxAsync())!;
        var target = (await Card(to).BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(pill.X + (pill.Width / 2), pill.Y + (pill.Height / 2));
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(target.X + (target.Width / 2), target.Y + (target.Height / 2) + 30, new() { Steps = 4 });
        await Page.Mouse.MoveAsync(target.X + (target.Width / 2), target.Y + (target.Height / 2), new() { Steps = 2 });
        if (output.Length > 0)
            await Expect(Card(to)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex(@"\bfits\b"));
        await Page.Mouse.UpAsync();
        if (input is not null)
            await Card(to).Locator($".dc-in[data-input='{input}']").ClickAsync();
        await Expect(Edge(from, to)).ToHaveCountAsync(1);
    }

    public async Task DragAsync(double fromX, double fromY, double toX, double toY)
    {
        await Page.Mouse.MoveAsync((float)fromX, (float)fromY);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync((float)(fromX + 20), (float)fromY, new() { Steps = 2 });
        await Page.Mouse.MoveAsync((float)toX, (float)toY, new() { Steps = 8 });
        await Page.Mouse.UpAsync();
    }
}
