using Fabric.Workflows.Blueprints.Sync;

namespace Fabric.Web.Commands;

/// <summary>The report of a sync, as it is read in a terminal or in a pipeline's log.</summary>
internal static class SyncText
{
    /// <summary>Writes one line per file, what changed below it, and the sums.</summary>
    public static async Task WriteAsync(TextWriter output, IReadOnlyList<SyncLine> lines, SyncWish wish)
    {
        foreach (var line in lines)
        {
            var published = line.Version is { } number ? $", published as version {number}" : "";
            await output.WriteLineAsync($"{Word(line.Result),-9} {line.Path}{(line.Name.Length > 0 ? $" ({line.Name})" : "")}{published}");
            foreach (var note in line.Notes)
                await output.WriteLineAsync($"            {note}");
            foreach (var fault in line.Faults)
                await output.WriteLineAsync($"            fault: {fault}");
        }

        var sums = Enum.GetValues<SyncResult>().Select(result => $"{lines.Count(line => line.Result == result)} {Word(result)}");
        await output.WriteLineAsync($"{string.Join(", ", sums)}.{(wish.DryRun ? " Nothing was written: this was a dry run." : "")}");
    }

    private static string Word(SyncResult result) => result.ToString().ToLowerInvariant();
}
