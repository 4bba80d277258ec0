using Microsoft.Playwright;

namespace Fabric.Tests.Journeys;

/// <summary>Pictures of pages, for the README and for whoever wants to look; written only into a folder that is asked for.</summary>
internal static class Pictures
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "FABRIC_SCREENSHOTS";

    public static async Task TakeAsync(Visitor visitor, string name, bool fullPage = false)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });
    }
}
