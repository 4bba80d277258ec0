using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Fabric.Agent;

/// <summary>One line per event on standard output, as the cluster's log collector wants it. The library's console logger would cost 2 MB.</summary>
internal sealed class ConsoleLogs(TimeProvider time) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one destination.");

    public ILogger CreateLogger(string categoryName) => new Line(categoryName[(categoryName.LastIndexOf('.') + 1)..], time);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Line(string category, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var at = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            Console.Out.WriteLine($"{at} {logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : " " + exception)}".ReplaceLineEndings(" "));
        }
    }
}
