using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Persistence;

/// <summary>What a query over many cells found.</summary>
/// <param name="Rows">Results by cell, in the order of the cells' names.</param>
/// <param name="Unreachable">Cells without a result, with the sentence why.</param>
public sealed record FanOut<T>(IReadOnlyList<CellResult<T>> Rows, IReadOnlyList<UnreachableCell> Unreachable);

/// <summary>One cell's result.</summary>
public sealed record CellResult<T>(string Cell, T Value);

/// <summary>A cell without a result.</summary>
/// <param name="Cell">Slug of the cell.</param>
/// <param name="Sentence">Why, and what to do.</param>
public sealed record UnreachableCell(string Cell, string Sentence);

/// <summary>Queries over many cells: each has its own deadline, and one that fails or is late is named while the others answer.</summary>
public static class CellQuery
{
    /// <summary>Runs <paramref name="query"/> on every cell at once.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="scope">The rows that are seen.</param>
    /// <param name="query">The query; it must honour its token.</param>
    /// <param name="deadline">Longest time one cell may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the whole.</param>
    public static async Task<FanOut<T>> FanOutAsync<T>(
        CellRegistry cells, TenantScope scope, Func<CellDb, CancellationToken, Task<T>> query, TimeSpan deadline, TimeProvider time, CancellationToken cancellationToken = default)
    {
        // Opened-but-failing cells are asked all the same: a full disk does not stop reads.
        var closed = cells.Slugs.Where(s => cells.Find(s) is null).Select(s => new UnreachableCell(s, cells.Unreachable.GetValueOrDefault(s, "it is not open.")));
        var asked = await Task.WhenAll(cells.All.OrderBy(c => c.Slug, StringComparer.Ordinal).Select(AskAsync));
        return new([.. asked.OfType<CellResult<T>>()], [.. closed, .. asked.OfType<UnreachableCell>()]);

        async Task<object> AskAsync(Cell cell)
        {
            using var late = new CancellationTokenSource(deadline, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            try
            {
                // SQLite answers on the calling thread; the pool's keeps one cell from holding up the next.
                return new CellResult<T>(cell.Slug, await Task.Run(() => RunAsync(cell, both.Token), both.Token).WaitAsync(both.Token));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new UnreachableCell(cell.Slug, $"it did not answer within {deadline.TotalSeconds:0.#} s.");
            }
            catch (Exception e) when (cell.Explain(e) is { } sentence)
            {
                return new UnreachableCell(cell.Slug, sentence);
            }
        }

        async Task<T> RunAsync(Cell cell, CancellationToken token)
        {
            await using var db = cell.Open(scope);
            return await query(db, token);
        }
    }
}
