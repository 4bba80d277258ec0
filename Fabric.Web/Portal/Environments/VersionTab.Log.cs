using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Portal.Environments;

public sealed partial class VersionTab
{
    /// <summary>Where a failed answer is written down.</summary>
    [Inject]
    public required ILogger<VersionTab> Logger { get; init; }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The versions of a blueprint could not be read")]
    private static partial void NotRead(ILogger logger, Exception failure);
}
