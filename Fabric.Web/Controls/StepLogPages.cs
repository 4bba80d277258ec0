using Fabric.Web.Live;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Controls;

/// <summary>The part of a step's log that a page has: the newest chunks, kept live, and as many earlier ones as a person asked for.</summary>
/// <param name="size">How many chunks are read at once.</param>
public sealed class StepLogPages(int size = 200)
{
    private readonly HashSet<Guid> known = [];
    private (Guid Run, string Node)? of;
    private Task turn = Task.CompletedTask;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<StepLog> Chunks { get; private set; } = [];

    /// <summary>There are chunks before the first.</summary>
    public bool Earlier { get; private set; }

    /// <summary>The chunks, one group for each attempt.</summary>
    public IEnumerable<IReadOnlyList<StepLog>> Attempts
    {
        get
        {
            for (var from = 0; from < Chunks.Count;)
            {
                var same = Chunks.Skip(from).TakeWhile(chunk => chunk.Attempt == Chunks[from].Attempt).ToList();
                yield return same;
                from += same.Count;
            }
        }
    }

    /// <summary>Takes what is new; another log begins at its end.</summary>
    public Task RefreshAsync(ITerraformDesk desk, Actor actor, Guid environment, Guid run, string node, CancellationToken ct) =>
        turn = AfterAsync(turn, () => TakeAsync(desk, actor, environment, run, node, ct));

    /// <summary>Takes the chunks before the first.</summary>
    public Task LoadEarlierAsync(ITerraformDesk desk, Actor actor, Guid environment, CancellationToken ct) => turn = AfterAsync(turn, async () =>
    {
        if (of is var (run, node) && Chunks.Count > 0)
            Before(await desk.GetLatestLogAsync(actor, environment, run, node, Chunks[0].Id, size + 1, ct));
    });

    /// <summary>One read at a time: two that begin at the same chunk would both append what follows it.</summary>
    private static async Task AfterAsync(Task before, Func<Task> read)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await read();
    }

    private async Task TakeAsync(ITerraformDesk desk, Actor actor, Guid environment, Guid run, string node, CancellationToken ct)
    {
        if (of != (run, node) || Chunks.Count == 0)
        {
            var newest = await desk.GetLatestLogAsync(actor, environment, run, node, null, size + 1, ct);
            (of, Chunks) = ((run, node), []);
            known.Clear();
            Before(newest);
            return;
        }

        IReadOnlyList<StepLog> fresh;
        do
        {
            // Chunks of the same millisecond are in no order: that of the last one is read again.
            fresh = await desk.GetLogAsync(actor, environment, run, node, MillisecondOf(Chunks[^1].Id), size, ct);
            Chunks = [.. Chunks, .. fresh.Where(chunk => known.Add(chunk.Id))];
        }
        while (fresh.Count == size);
    }

    private static Guid MillisecondOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6..].Clear();
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>One more than a page was asked for: when it came, there are still earlier ones.</summary>
    private void Before(IReadOnlyList<StepLog> chunks)
    {
        Earlier = chunks.Count > size;
        Chunks = [.. chunks.Skip(Earlier ? 1 : 0).Where(chunk => known.Add(chunk.Id)), .. Chunks];
    }
}
