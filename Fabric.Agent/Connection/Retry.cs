using System.Security.Cryptography;
using Fabric.Protocol;

namespace Fabric.Agent.Connection;

/// <summary>Back-off of one loop: doubles with full jitter, starts anew after a success, slow when only a person can help.</summary>
internal sealed class Retry(AgentTimeouts timeouts, TimeProvider time)
{
    private int failures;

    public void Succeeded() => failures = 0;

    /// <summary>How long to wait now; pure but for the counter and the dice.</summary>
    public TimeSpan Next(AgentProblem? problem)
    {
        if (problem is { Code: AgentErrorCodes.ClockSkew } && failures == 0)
        {
            failures++;
            return TimeSpan.Zero;
        }

        if (problem is not null && AgentErrorCodes.NeedsAPerson(problem.Code)) return Jitter(timeouts.SlowRetry, 0.5);
        var ceiling = timeouts.FirstRetry * Math.Pow(2, Math.Min(failures++, 16));
        if (ceiling > timeouts.LongestRetry) ceiling = timeouts.LongestRetry;
        var wait = Jitter(ceiling, 0);
        var asked = TimeSpan.FromSeconds(problem?.RetryAfterSeconds ?? 0);
        return wait > asked ? wait : asked;
    }

    public Task WaitAsync(AgentProblem? problem, CancellationToken ct) => Task.Delay(Next(problem), time, ct);

    /// <summary>Between <paramref name="least"/> of <paramref name="span"/> and all of it.</summary>
    public static TimeSpan Jitter(TimeSpan span, double least) =>
        span * (least + (1 - least) * RandomNumberGenerator.GetInt32(1, 1001) / 1000.0);
}
