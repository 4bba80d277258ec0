namespace Fabric.Web.PublicApi.Repeats;

internal sealed partial class RepeatedWrites
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A write to {Path} failed while a cell that may have carried it out before did not answer; the cells are asked again.")]
    private static partial void LogRefused(ILogger logger, Exception failure, string path);
}
