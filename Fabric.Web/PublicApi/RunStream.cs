using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Fabric.Web.Live;
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
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);

    public async IAsyncEnumerable<SseItem<object>> ReadAsync(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watch = desk.Watch(actor, run.EnvironmentId, _ => signals.Writer.TryWrite(true));
        while (await holds(ct))
        {
            var over = await desk.GetRunAsync(actor, run.Id, ct) is not { } view || view.Run.State.IsTerminal();
            foreach (var line in await desk.GetEventsAsync(actor, run.EnvironmentId, run.Id, after, 500, ct))
            {
                after = line.Sequence;
                yield return new SseItem<object>(EventBody.Of(line), line.Kind) { EventId = line.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture) };
            }

            if (over)
                yield break;
            using var silence = new CancellationTokenSource(LongestSilence, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, ct);
            try
            {
                await signals.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // Nothing was said for a while: look all the same.
            }
        }
    }
}
