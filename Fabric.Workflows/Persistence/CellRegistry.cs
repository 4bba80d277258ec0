using System.Collections.Concurrent;
using Fabric.Workflows.Secrets;
using Microsoft.Extensions.Logging;

namespace Fabric.Workflows.Persistence;

/// <summary>The cells of this server. One that cannot be opened is kept with the sentence why, and the others go on.</summary>
public sealed partial class CellRegistry(
    IReadOnlyList<string> slugs, StorageProvider storage, MasterKeys master, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Cell> open = new();
    private readonly ConcurrentDictionary<string, string> closed = new();
    private readonly ConcurrentDictionary<string, string> unreadable = new();
    private readonly SemaphoreSlim opening = new(1);
    private readonly ILogger logger = loggers.CreateLogger<CellRegistry>();

    /// <summary>Longest time one cell may take when all are asked for a person or for the API; who is later is named as unreachable while the others answer.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Slugs of all cells, reachable or not.</summary>
    public IReadOnlyList<string> Slugs => slugs;

    /// <summary>The cells that are open.</summary>
    public IReadOnlyCollection<Cell> All => [.. open.Values];

    /// <summary>Why each unreachable cell is so, by slug: those never opened, those that could not be read, and those whose last write failed.</summary>
    public IReadOnlyDictionary<string, string> Unreachable =>
        closed.Concat(unreadable).Concat(open.Values.Select(c => KeyValuePair.Create(c.Slug, c.Journal.Fault!)).Where(c => c.Value is not null))
            .DistinctBy(c => c.Key).ToDictionary(c => c.Key, c => c.Value);

    /// <summary>The open cell of that slug; null when there is none or it is unreachable.</summary>
    public Cell? Find(string slug) => open.GetValueOrDefault(slug);

    /// <summary>The open cell of that slug.</summary>
    /// <exception cref="CellUnreachableException">It could not be opened; the message says why.</exception>
    /// <exception cref="KeyNotFoundException">This server has no such cell.</exception>
    public Cell Get(string slug) => Find(slug)
        ?? throw (closed.TryGetValue(slug, out var why)
            ? new CellUnreachableException(slug, why)
            : new KeyNotFoundException($"This server has no cell {slug}."));

    /// <summary>Opens every cell that is not open; call it at start, and again to retry unreachable ones.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        await opening.WaitAsync(cancellationToken);
        try
        {
            foreach (var slug in slugs.Where(s => !open.ContainsKey(s)))
                await TryOpenAsync(slug, cancellationToken);
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>An open cell could not be read: it shows as unreachable until <see cref="MarkReadable"/>. It is asked all the same.</summary>
    public void MarkUnreachable(Cell cell, string sentence)
    {
        if (unreadable.TryAdd(cell.Slug, sentence))
            LogUnreachable(logger, cell.Slug, sentence);
        else
            unreadable[cell.Slug] = sentence;
    }

    /// <summary>The cell was read as a whole.</summary>
    public void MarkReadable(Cell cell)
    {
        if (unreadable.TryRemove(cell.Slug, out _))
            LogBack(logger, cell.Slug);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var cell in open.Values)
            await cell.DisposeAsync();
        open.Clear();
        opening.Dispose();
    }

    private async Task TryOpenAsync(string slug, CancellationToken cancellationToken)
    {
        try
        {
            open[slug] = await Cell.OpenAsync(slug, storage, master, time, loggers.CreateLogger<Cell>(), cancellationToken);
            closed.TryRemove(slug, out _);
        }
        catch (CellUnreachableException e)
        {
            closed[slug] = e.Sentence;
            LogUnreachable(logger, slug, e.Sentence);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Cell {Cell} is unreachable: {Sentence}")]
    private static partial void LogUnreachable(ILogger logger, string cell, string sentence);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cell {Cell} can be read again.")]
    private static partial void LogBack(ILogger logger, string cell);
}
