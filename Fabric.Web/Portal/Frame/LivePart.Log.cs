namespace Fabric.Web.Portal.Frame;

public abstract partial class LivePart
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A part of a page could not be read")]
    private static partial void NotRead(ILogger logger, Exception failure);
}
