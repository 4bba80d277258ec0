using Fabric.Tests.Support;
using Microsoft.Playwright;

namespace Fabric.Tests.Journeys;

/// <summary>
/// One browser and one server for all journeys; both start with the first test that asks. Journeys run one after the other: they
/// share two processes and a machine.
/// </summary>
public sealed class JourneyBed : IAsyncDisposable
{
    /// <summary>How long a page may take to show what happened, runs on the sandbox included.</summary>
    public const float Patience = 60_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly Lazy<Task<IBrowser>> browser;
    private readonly Lazy<Task<ServerProcess>> server = new(() => ServerProcess.StartAsync(null, ("Fabric:Clouds:Aws:Principal", "arn:aws:iam::999999999999:role/fabric"), ("Fabric:Clouds:Aws:TimeoutSeconds", "5")));
    private IPlaywright? playwright;

    public JourneyBed()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        browser = new(LaunchAsync);
    }

    /// <summary>The server that the journeys share.</summary>
    public Task<ServerProcess> ServerAsync()
    {
        SkipWithoutChromium();
        return server.Value;
    }

    /// <summary>A person at a browser of their own; the test is skipped when there is no Chromium.</summary>
    public async Task<Visitor> VisitAsync(Screen? screen = null, ServerProcess? at = null)
    {
        SkipWithoutChromium();
        return await VisitAsync(screen ?? Screen.Desk, (at ?? await server.Value).Address);
    }

    /// <summary>The same at a server of any other kind.</summary>
    public async Task<Visitor> VisitAsync(Screen screen, string address)
    {
        SkipWithoutChromium();
        var context = await (await browser.Value).NewContextAsync(new()
        {
            BaseURL = address,
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = screen.Still ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
        });
        context.SetDefaultTimeout(Patience);
        return new Visitor(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated)
            await (await browser.Value).CloseAsync();
        playwright?.Dispose();
        if (server.IsValueCreated)
            await (await server.Value).DisposeAsync();
    }

    private static void SkipWithoutChromium() =>
        Assert.SkipWhen(Chromium.Find() is null, "Chromium is not here: apt-get install chromium");

    private async Task<IBrowser> LaunchAsync()
    {
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Find(), Args = Arguments });
    }
}

/// <summary>All journeys share one bed.</summary>
[CollectionDefinition(Name)]
public sealed class JourneyCollection : ICollectionFixture<JourneyBed>
{
    public const string Name = "Journeys";
}
