using System.Globalization;

namespace Fabric.Benchmarks;

/// <summary>Repeats a figure and prints the medians as a Markdown table.</summary>
internal static class Report
{
    /// <summary>Measures a figure as often as asked, each time in an empty folder.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<Measure>>> RepeatAsync(IFigure figure, BenchmarkOptions options)
    {
        var all = new List<IReadOnlyList<Measure>>();
        for (var run = 0; run < options.Runs; run++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"{figure.Name}-{Environment.ProcessId}-{run}"));
            try
            {
                all.Add(await figure.MeasureAsync(folder.FullName));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        return all;
    }

    /// <summary>Prints the table.</summary>
    public static void Write(IFigure figure, IReadOnlyList<IReadOnlyList<Measure>> runs)
    {
        Console.WriteLine($"### {figure.Title}\n");
        Console.WriteLine("| | median | goal | runs |");
        Console.WriteLine("|---|---:|---:|---|");
        for (var i = 0; i < runs[0].Count; i++)
        {
            var values = runs.Select(run => run[i].Value).ToList();
            var first = runs[0][i];
            Console.WriteLine($"| {first.Name} | {Text(Median(values))} {first.Unit} | {first.Goal} | {string.Join(" · ", values.Select(Text))} |");
        }

        Console.WriteLine();
    }

    private static double Median(List<double> values)
    {
        var ordered = values.Order().ToList();
        var middle = ordered.Count / 2;
        return ordered.Count % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }

    private static string Text(double value) => value.ToString(value >= 100 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}
