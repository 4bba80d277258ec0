using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fabric.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>A person in the designer, and the words for what people do on its canvas.</summary>
internal sealed class Drafting(Visitor visitor, ServerProcess server, string name)
{
    private static readonly LocatorAssertionsToHaveValueOptions Shortly = new() { Timeout = 10_000 };

    public string Name => name;

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

    /// <summary>A blueprint with nothing in it but a comment.</summary>
    public static string Empty(string name) => $"# Ours.\napiVersion: fabric/v1\nkind: Blueprint\nmetadata: {{ name: {name}, title: Drawn }}\nspec:\n  nodes: {{}}\n";

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
        await Expect(Canvas.Locator(".x6-graph-svg-viewport")).ToHaveCountAsync(1);
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
        var end = DateTime.UtcNow.AddSeconds(60);
        var text = await SavedAsync();
        while (!expected(text))
        {
            Assert.True(DateTime.UtcNow < end, $"{what}; the draft is:\n{text}");
            await Page.WaitForTimeoutAsync(50);
            text = await SavedAsync();
        }
    }

    /// <summary>Publishes the draft through the API; it must be free of faults.</summary>
    public async Task PublishAsync(string message)
    {
        using var body = new StringContent($$"""{"message":"{{message}}"}""", Encoding.UTF8, "application/json");
        using var answer = await server.Http.PostAsync($"/api/v1/blueprints/{name}/publish", body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The first version of a blueprint, compiled.</summary>
    public async Task<JsonNode> CompiledAsync(string blueprint)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/blueprints/{blueprint}/versions/1");
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
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

    /// <summary>Opens a node with a click on its card. The inspector of the node before it may have the same fields, so this one is waited for.</summary>
    public async Task OpenCardAsync(string node)
    {
        await Card(node).Locator(".gc-name").ClickAsync();
        await Expect(Inspector.GetByRole(AriaRole.Heading, new() { Name = node, Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Chooses what a setting of the open node is bound to.</summary>
    public async Task BindAsync(string field, string expression)
    {
        await Inspector.Locator($"#f-{field}-bind").SelectOptionAsync($"${{{expression}}}");
        await Expect(Inspector.Locator($"#f-{field}")).ToHaveValueAsync($"${{{expression}}}");
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
            await Expect(Card(to)).ToHaveClassAsync(new Regex(@"\bfits\b"));
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

    /// <summary>Lets go of whatever is chosen.</summary>
    public async Task DeselectAsync()
    {
        var box = (await Canvas.BoundingBoxAsync())!;
        await Page.Mouse.ClickAsync(box.X + box.Width - 30, box.Y + 12);
        await Expect(Inspector.GetByRole(AriaRole.Heading, new() { Name = "Parameters" })).ToBeVisibleAsync();
    }

    public async Task AddParameterAsync(string parameter, string type)
    {
        await Inspector.GetByLabel("Name of a new parameter").FillAsync(parameter);
        await Inspector.GetByLabel("Its type").SelectOptionAsync(type);
        await Inspector.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).First.ClickAsync();
        await Expect(Inspector.GetByRole(AriaRole.Button, new() { Name = $"Remove parameter {parameter}", Exact = true })).ToBeVisibleAsync();
    }

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    /// <summary>Adds a node with <c>/</c>, its name and Enter.</summary>
    public async Task TypeNodeAsync(string key, string node)
    {
        await PressAsync("/");
        await AnswerAsync("Add to the canvas", key);
        await Expect(Card(node)).ToBeFocusedAsync();
    }

    /// <summary>Goes to a node with Ctrl-F and connects it with <c>c</c>.</summary>
    public async Task TypeEdgeAsync(string from, string output, string to, string input)
    {
        await GoAsync(from);
        await PressAsync("c");
        await AnswerAsync($"Connect from {from}", output.Length > 0 ? output : "then");
        await AnswerAsync(output.Length > 0 ? $"Where does {from}.{output} go?" : $"What waits for {from}?", output.Length > 0 ? $"{to}.{input}" : to);
        await Expect(Edge(from, to)).ToHaveCountAsync(1);
    }

    /// <summary>Writes a parameter into the inspector's form; nothing may be chosen.</summary>
    public async Task TypeParameterAsync(string parameter, string type)
    {
        await visitor.TabToAsync(Inspector.GetByLabel("Name of a new parameter"));
        await Page.Keyboard.TypeAsync(parameter);
        await PressAsync("Tab");
        await TypeOptionAsync(type, () => Expect(Inspector.GetByLabel("Its type")).ToHaveValueAsync(type, Shortly));
        await PressAsync("Tab");
        await PressAsync("Enter");
        await Expect(Inspector.GetByRole(AriaRole.Button, new() { Name = $"Remove parameter {parameter}", Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Opens a node, walks to a setting's binding and types a parameter's name.</summary>
    public async Task TypeBindingAsync(string node, string field, string name)
    {
        await GoAsync(node);
        await PressAsync("Enter");
        await Expect(Inspector.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync();
        await visitor.TabToAsync(Inspector.Locator($"#f-{field}-bind"));
        await TypeOptionAsync(name, () => Expect(Inspector.Locator($"#f-{field}")).ToHaveValueAsync($"${{{name}}}", Shortly));
    }

    /// <summary>Chooses in a list by typing. A browser forgets what was typed after a second's pause, so on a busy machine it may take more than one try.</summary>
    private async Task TypeOptionAsync(string option, Func<Task> chosen)
    {
        for (var again = 5; ; again--)
        {
            await Page.Keyboard.TypeAsync(option);
            try
            {
                await chosen();
                return;
            }
            catch (PlaywrightException) when (again > 0)
            {
                await Page.WaitForTimeoutAsync(1_500);
            }
        }
    }

    /// <summary>Goes to a node with the search of the canvas.</summary>
    public async Task GoAsync(string node)
    {
        await Page.EvaluateAsync("document.activeElement?.blur()");
        await PressAsync("Control+f");
        await AnswerAsync("Go to a node", node);
        await Expect(Card(node)).ToBeFocusedAsync();
    }

    /// <summary>Answers the picker: types, and presses Enter.</summary>
    public async Task AnswerAsync(string question, string answer)
    {
        var picker = Page.GetByRole(AriaRole.Dialog, new() { Name = question, Exact = true });
        await Expect(picker.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync(answer);
        await PressAsync("Enter");
        await Expect(picker).ToHaveCountAsync(0);
    }

    /// <summary>Chooses a node, wherever the canvas stands.</summary>
    public async Task ChooseAsync(string node)
    {
        await GoAsync(node);
        await Expect(Inspector.GetByRole(AriaRole.Heading, new() { Name = node, Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Presses a key that the canvas takes, wherever the focus was.</summary>
    public async Task PressCanvasAsync(string key)
    {
        await Page.EvaluateAsync("document.activeElement?.blur()");
        await PressAsync(key);
    }

    /// <summary>Drags from an output to a node that need not take it.</summary>
    public async Task TryEdgeAsync(string from, string output, string to)
    {
        await Card(from).HoverAsync();
        var pill = (await Card(from).Locator($".dc-out[data-output='{output}']").BoundingBoxAsync())!;
        var target = (await Card(to).BoundingBoxAsync())!;
        await DragAsync(pill.X + (pill.Width / 2), pill.Y + (pill.Height / 2), target.X + (target.Width / 2), target.Y + (target.Height / 2));
    }

    /// <summary>Types at the end of the text.</summary>
    public async Task TypeAtEndAsync(string text)
    {
        await Text.ClickAsync();
        await PressAsync("Control+End");
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (index > 0)
                await PressAsync("Enter");
            await Page.Keyboard.TypeAsync(line);
        }
    }
}
