using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Blueprints.Sync;

/// <summary>Brings a folder of blueprints in: bases before what derives from them, each file on its own.</summary>
public sealed class BlueprintSync(ISyncTarget target)
{
    /// <summary>Does what is wished and says what became of each file, in the order of their paths.</summary>
    public async Task<IReadOnlyList<SyncLine>> RunAsync(IReadOnlyList<SyncFile> files, SyncWish wish, CancellationToken ct)
    {
        var taken = files.Where(file => file.Refusal is null).ToDictionary(file => file.Name, StringComparer.Ordinal);
        var texts = taken.ToDictionary(pair => pair.Key, pair => pair.Value.Text, StringComparer.Ordinal);
        var lines = files.Where(file => file.Refusal is not null).Select(file => SyncLine.Refused(file, file.Refusal!)).ToList();
        string? stopped = null;
        foreach (var (name, _) in BasesFirst.Order(texts))
        {
            try
            {
                lines.Add(stopped is null ? await TakeAsync(taken[name], texts, wish, ct) : SyncLine.Refused(taken[name], $"Not tried, for what happened before it: {stopped}"));
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                // What was done before stays done, and is in the report. When nothing was, the caller says so.
                if (lines.TrueForAll(line => line.Result is SyncResult.Refused))
                    throw;
                lines.Add(SyncLine.Refused(taken[name], stopped = failure.Message));
            }
        }

        return [.. lines.OrderBy(line => line.Path, StringComparer.Ordinal)];
    }

    private async Task<SyncLine> TakeAsync(SyncFile file, IReadOnlyDictionary<string, string> folder, SyncWish wish, CancellationToken ct)
    {
        var found = await target.FindAsync(file.Name, ct);
        if (!found.Succeeded)
            return Refused(file, found.Faults);
        var state = found.Value;
        var line = new SyncLine(file.Path, file.Name, Result(state, file), state is null || state.Draft == file.Text ? [] : TextNews.Between(state.Draft, file.Text), []);
        if (line.Result is SyncResult.Changed && state!.IsOthersWork)
        {
            if (!wish.Force)
                return SyncLine.Refused(file, $"Its draft holds edits by {state.DraftBy} that are in no version. Publish them or put them back, or overwrite them with --force.");
            line = line with { Notes = [$"overwrites edits by {state.DraftBy} that are in no version", .. line.Notes] };
        }

        var publishes = wish.Publish is not null && state?.Last != file.Text;
        var faults = await target.CheckAsync(file.Name, file.Text, folder, ct);
        if (line.Result is SyncResult.Unchanged && !publishes)
            return line with { Faults = faults ?? [] };
        if (publishes && faults is { Count: > 0 })
            return SyncLine.Refused(file, ["It cannot be published, so nothing of it was taken.", .. faults]);
        if (wish.DryRun)
            return line with { Faults = faults ?? [], Notes = publishes ? [.. line.Notes, faults is null ? "would be published, if the server finds no fault in it" : "would be published"] : line.Notes };
        return await WriteAsync(file, line, state, publishes ? wish.Publish : null, ct);
    }

    private async Task<SyncLine> WriteAsync(SyncFile file, SyncLine line, SyncState? state, string? message, CancellationToken ct)
    {
        var draft = state?.DraftVersion ?? 0;
        if (line.Result is not SyncResult.Unchanged)
        {
            var put = await target.PutAsync(file.Name, file.Text, draft, ct);
            draft++;
            if (!put.Succeeded)
                return Refused(file, put.Faults);
            line = line with { Faults = put.Value };
        }

        if (message is null)
            return line;
        var published = await target.PublishAsync(file.Name, message, draft, ct);
        return published.Succeeded
            ? line with { Version = published.Value, Faults = [] }
            : SyncLine.Refused(file, ["Its draft was taken and could not be published.", .. published.Faults.Select(fault => fault.Message)]);
    }

    private static SyncResult Result(SyncState? state, SyncFile file) => state is null ? SyncResult.New : state.Draft == file.Text ? SyncResult.Unchanged : SyncResult.Changed;

    private static SyncLine Refused(SyncFile file, IReadOnlyList<OperationFault> faults) => SyncLine.Refused(file, [.. faults.Select(fault => fault.Message)]);
}
