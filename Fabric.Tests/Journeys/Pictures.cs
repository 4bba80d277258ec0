using Fabric.Tests.Rules;
using Microsoft.Playwright;

namespace Fabric.Tests.Journeys;

/// <summary>Pictures of pages, for the README and for whoever wants to look; written only into a folder that is asked for.</summary>
internal static class Pictures
{
    /// <summary>The environment variable that names the folder, from the root of the repository.</summary>
    public const string Variable = "FABRIC_SCREENSHOTS";

    public static async Task TakeAsync(Visitor visitor, string name)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }
}
