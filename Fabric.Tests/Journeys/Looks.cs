using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>Looks at one page after the other and keeps what is wrong, so that one run names it all.</summary>
internal sealed class Looks(Visitor visitor, Screen screen)
{
    private readonly List<string> faults = [];

    public async Task AtAsync(string name, string address, ILocator settled)
    {
        await visitor.Page.GotoAsync(address);
        await AtAsync(name, settled);
    }

    /// <summary>Looks at the page that is open, once <paramref name="settled"/> can be seen.</summary>
    public async Task AtAsync(string name, ILocator settled)
    {
        await Expect(settled).ToBeVisibleAsync();
        if (await visitor.Page.Locator(".graph:visible").CountAsync() > 0)
            await Expect(visitor.Page.Locator(".gc-word:not(:empty)").First).ToBeVisibleAsync();
        await Pictures.TakeAsync(visitor, $"pages/{screen.Width}-{(screen.Dark ? "dark" : "light")}/{name}");
        var found = await visitor.Page.RunAxe();
        faults.AddRange(found.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id}: {violation.Help}: {Why(node)} {node.Html}")));
        var (wide, room) = (await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await visitor.Page.EvaluateAsync<int>("innerWidth"));
        if (wide > room)
            faults.Add($"{name}: the page is {wide} wide and the screen {room}");
    }

    public void AssertNoFaults()
    {
        Assert.True(faults.Count == 0, $"{screen}:\n{string.Join('\n', faults)}");
        visitor.AssertNothingBroke();
    }

    private static string Why(AxeResultNode node) => string.Join(' ', node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message));
}
