using Microsoft.Extensions.Logging;

namespace Fabric.Workflows.Persistence;

public sealed partial class CellJournal
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Cell {Cell} cannot be written: {Sentence}")]
    private static partial void LogLost(ILogger logger, Exception exception, string cell, string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cell {Cell} was written, but the database's answer was lost: {Sentence}")]
    private static partial void LogUnanswered(ILogger logger, Exception exception, string cell, string sentence);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cell {Cell} is written again")]
    private static partial void LogBack(ILogger logger, string cell);
}
