using System.Diagnostics;

namespace Fabric.Tests.Cluster;

/// <summary>Waits for a state of the world with a deadline; a failure says what was expected and what was there.</summary>
public static class Eventually
{
    /// <summary>Polls until <paramref name="accept"/> holds.</summary>
    /// <param name="what">The thing and the expected state, for the message.</param>
    /// <param name="read">Reads the actual state.</param>
    /// <param name="accept">Whether it is as expected.</param>
    /// <param name="ct">The test's token.</param>
    /// <param name="seconds">The deadline.</param>
    /// <param name="more">What else helps to understand a failure.</param>
    public static async Task<T> BecomesAsync<T>(
        string what, Func<Task<T>> read, Func<T, bool> accept, CancellationToken ct, int seconds = 180, Func<string>? more = null)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var actual = await read();
            if (accept(actual)) return actual;
            if (watch.Elapsed.TotalSeconds > seconds)
                Assert.Fail($"Expected within {seconds} s: {what}\nActual: {actual}\n{more?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ct);
        }
    }
}
