using System.Globalization;
using Fabric.Workflows.Engine;

namespace Fabric.Web.PublicApi;

/// <summary>One page of a list.</summary>
/// <param name="Items">The page, in the list's order.</param>
/// <param name="Next">The <c>cursor</c> of the page after this one; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What a caller asked of a list: where to go on, and how much at once.</summary>
/// <param name="Cursor">The <c>next</c> of the page before; null for the first.</param>
/// <param name="Limit">Most items of a page.</param>
internal sealed record Paging(string? Cursor, int Limit)
{
    private const int Usual = 100;
    private const int Largest = 500;

    /// <summary>Reads <c>cursor</c> and <c>limit</c>; a fault names the one that is wrong.</summary>
    public static Outcome<Paging> Of(HttpContext context)
    {
        var limit = Usual;
        if (context.Request.Query["limit"] is [{ } text, ..] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Largest))
            return new OperationFault(FaultKind.Invalid, "Invalid", $"limit is '{text}'; it must be a number between 1 and {Largest}.", "limit");
        return new Paging(context.Request.Query["cursor"] is [{ Length: > 0 } cursor, ..] ? cursor : null, limit);
    }

    /// <summary>The page of a list whose keys ascend.</summary>
    /// <param name="all">The list.</param>
    /// <param name="key">The place of an item, unique.</param>
    /// <param name="body">How an item looks.</param>
    public Page<TBody> Take<T, TBody>(IEnumerable<T> all, Func<T, string> key, Func<T, TBody> body)
    {
        var page = all.OrderBy(key, StringComparer.Ordinal).Where(item => Cursor is null || string.CompareOrdinal(key(item), Cursor) > 0).Take(Limit + 1).ToList();
        return new Page<TBody>([.. page.Take(Limit).Select(body)], page.Count > Limit ? key(page[Limit - 1]) : null);
    }

    /// <summary>The cursor as a number; a fault when it is none.</summary>
    public Outcome<long> Number(long otherwise) =>
        Cursor is null ? otherwise
        : long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : new OperationFault(FaultKind.Invalid, "Invalid", $"cursor is '{Cursor}'; give back the 'next' of the page before.", "cursor");
}
