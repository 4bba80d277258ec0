namespace Fabric.Web.Portal.Frame;

public abstract partial class LivePage
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A page could not be loaded; the person sees the id {FailureId}.")]
    private static partial void NotLoaded(ILogger logger, Exception failure, string failureId);
}
