using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Fabric.Web.Live;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.PublicApi;

/// <summary>A run's journal as a stream that ends with the run. The cursor of each line is its event id, so a reader can take up where it was.</summary>
/// <param name="desk">Whom it asks.</param>
/// <param name="actor">Who reads.</param>
/// <param name="run">The run.</param>
/// <param name="time">The clock.</param>
/// <param name="holds">Whether the reader may still read: a stream outlives the request that let it begin.</param>
internal sealed class RunStream(IDesk desk, Actor actor, Run run, TimeProvider time, Func<CancellationToken, Task<bool>> holds)
{
    private const int LinesAtOnce = 500;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BeforeAskingAgain = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<SseItem<object>> ReadAsync(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watch = desk.Watch(actor, run.EnvironmentId, _ => signals.Writer.TryWrite(true));
        while (await holds(ct))
        {
            var look = await LookAsync(after, ct);
            foreach (var line in look?.Lines ?? [])
            {
                after = line.Sequence;
                yield return new SseItem<object>(EventBody.Of(line), line.Kind) { EventId = line.Sequence.ToString(CultureInfo.InvariantCulture) };
            }

            if (look is { Lines.Count: < LinesAtOnce, Over: true })
                yield break;
            if (look is not { Lines.Count: LinesAtOnce })
                await WaitAsync(signals.Reader, look is null ? BeforeAskingAgain : LongestSilence, ct);
        }
    }

    /// <summary>What is new, and whether the run was over before it was read; null when the run's cell does not answer, which says nothing about the run.</summary>
    private async Task<Look?> LookAsync(long after, CancellationToken ct)
    {
        try
        {
            var over = await desk.GetRunAsync(actor, run.Id, ct) is not { } view || view.Run.State.IsTerminal();
            return new Look(over, await desk.GetEventsAsync(actor, run.EnvironmentId, run.Id, after, LinesAtOnce, ct));
        }
        catch (CellUnreachableException)
        {
            return null;
        }
    }

    /// <summary>Until something is said, or nothing was for a while: then it is looked at all the same.</summary>
    private async Task WaitAsync(ChannelReader<bool> signals, TimeSpan longest, CancellationToken ct)
    {
        using var silence = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, ct);
        try
        {
            await signals.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
        }
    }

    private sealed record Look(bool Over, IReadOnlyList<RunEvent> Lines);
}
