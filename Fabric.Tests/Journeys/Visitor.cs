using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>A person at a browser, and the words for what people do with Fabric's pages. What breaks in the page fails the test.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly List<string> broken = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        (Context, Page) = (context, page);
        page.PageError += (_, error) => broken.Add(error);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>The state of the environment, beside its name.</summary>
    public ILocator State => Page.Locator("main header .chip");

    /// <summary>A node's card in the drawing.</summary>
    public ILocator Card(string node) => Page.GetByRole(AriaRole.Group, new() { Name = "Drawing" }).Locator($"[data-node='{node}']");

    /// <summary>A tab of the environment's page.</summary>
    public ILocator Section(string name) =>
        Page.GetByRole(AriaRole.Navigation, new() { Name = "Sections of the environment" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>Signs in as one of the people of the development server.</summary>
    public async Task SignInAsync(string person)
    {
        await Page.GotoAsync("/signin");
        await Page.GetByRole(AriaRole.Button, new() { Name = $"{person}," }).ClickAsync();
        await Expect(Page).Not.ToHaveURLAsync(new Regex("signin"));
    }

    /// <summary>From the portal's home to the form with the parameters.</summary>
    public async Task ChooseAsync(string name, string product = "Pinot in your cloud", string cloud = "Sandbox (simulated)")
    {
        await Link("Create an environment").ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = product }).ClickAsync();
        await Page.GetByLabel("Name").FillAsync(name);
        await Page.GetByRole(AriaRole.Radio, new() { Name = cloud }).CheckAsync();
        await Button("Continue").ClickAsync();
        await Expect(Page.GetByLabel("Host name")).ToBeVisibleAsync();
    }

    /// <summary>From the form to the new environment's page.</summary>
    public async Task PlanAndCreateAsync(string name)
    {
        await Button("Show the plan").ClickAsync();
        await Expect(Heading("What will be made")).ToBeVisibleAsync();
        await Button($"Create {name}").ClickAsync();
        await Expect(Heading(name)).ToBeVisibleAsync();
    }

    /// <summary>Says yes at the gate and waits until everything stands.</summary>
    public async Task ApproveAsync()
    {
        await Button("Approve approve").First.ClickAsync();
        await Expect(State).ToHaveTextAsync("Ready");
    }

    /// <summary>Walks with Tab until the element has the focus; it must come within one round of the page.</summary>
    public async Task TabToAsync(ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var stops = 0; stops < 80; stops++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Eighty presses of Tab do not reach {target}; the focus is on {await Page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 200)")}");
    }

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    /// <summary>Cuts the network, open sockets included.</summary>
    public async Task CutAsync()
    {
        await Context.SetOfflineAsync(true);
        await Page.EvaluateAsync("Blazor._internal.forceCloseConnection()");
    }

    public Task MendAsync() => Context.SetOfflineAsync(false);

    /// <summary>Marks the document, so that a later look can tell whether it was loaded anew.</summary>
    public Task MarkDocumentAsync() => Page.EvaluateAsync("window.mark = 'same'");

    public async Task AssertSameDocumentAsync() =>
        Assert.Equal("same", await Page.EvaluateAsync<string?>("window.mark"));

    public void AssertNothingBroke() => Assert.Empty(broken);

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}
