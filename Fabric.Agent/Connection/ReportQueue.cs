using System.Threading.Channels;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Connection;

/// <summary>
/// Newest report per entity, and every drift not yet acknowledged. Bounded: entities by the cluster, drift by <see cref="MaxDrift"/> each.
/// </summary>
internal sealed class ReportQueue(TimeProvider time)
{
    /// <summary>Drift kept per entity while the server is away; the oldest goes first.</summary>
    public const int MaxDrift = 50;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Report> last = [];
    private readonly Dictionary<string, Report> waiting = [];
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long sequence;

    /// <summary>Raised after the server stored a report.</summary>
    public event Action<Report>? Acknowledged;

    public int Count
    {
        get
        {
            lock (gate) return waiting.Count;
        }
    }

    /// <summary>Completes when there may be something to send.</summary>
    public ChannelReader<bool> Bell => bell.Reader;

    /// <summary>Queues a report unless it says what the last one said. <paramref name="key"/> tells apart reports without an entity.</summary>
    public void Publish(Report report, string? key = null)
    {
        key ??= report.EntityId.ToString();
        lock (gate)
        {
            var known = last.GetValueOrDefault(key);
            if (report.Drift.Count == 0 && known is not null && SaysTheSame(known, report)) return;
            var drift = waiting.TryGetValue(key, out var unsent) ? unsent.Drift.Concat(report.Drift).TakeLast(MaxDrift).ToList() : report.Drift;
            sequence = Math.Max(sequence + 1, time.GetUtcNow().UtcTicks);
            waiting[key] = last[key] = report with { Drift = drift, Sequence = sequence };
        }

        bell.Writer.TryWrite(true);
    }

    /// <summary>Everything known is sent again: to a restored server that may have forgotten.</summary>
    public void RepublishAll()
    {
        lock (gate)
            foreach (var (key, report) in last) waiting.TryAdd(key, report);
        bell.Writer.TryWrite(true);
    }

    /// <summary>What to send next; stays queued until <see cref="Acknowledge"/>.</summary>
    public IReadOnlyList<Report> Peek()
    {
        lock (gate) return [.. waiting.Values.OrderBy(r => r.Sequence).Take(ReportRequest.MaxReports)];
    }

    /// <summary>The server stored these; what was said since stays queued.</summary>
    public void Acknowledge(IReadOnlyList<Report> sent)
    {
        lock (gate)
        {
            foreach (var report in sent)
            {
                foreach (var (key, now) in waiting.ToList())
                {
                    if (now.EntityId != report.EntityId) continue;
                    if (now.Sequence == report.Sequence) waiting.Remove(key);
                    else if (now.Sequence > report.Sequence) waiting[key] = now with { Drift = [.. now.Drift.Except(report.Drift)] };
                }
            }

            foreach (var (key, report) in last.ToList())
                if (report.Drift.Count > 0 && !waiting.ContainsKey(key)) last[key] = report with { Drift = [] };
            if (waiting.Count > 0) bell.Writer.TryWrite(true);
        }

        foreach (var report in sent) Acknowledged?.Invoke(report);
    }

    private static bool SaysTheSame(Report a, Report b) =>
        (a.Generation, a.Status, a.Reason, a.Message, a.WavesDone, a.WavesTotal) == (b.Generation, b.Status, b.Reason, b.Message, b.WavesDone, b.WavesTotal)
        && a.Objects.SequenceEqual(b.Objects)
        && (a.Outputs ?? Empty).OrderBy(p => p.Key).SequenceEqual((b.Outputs ?? Empty).OrderBy(p => p.Key));

    private static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();
}
