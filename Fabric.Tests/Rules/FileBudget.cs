using System.Text.RegularExpressions;

namespace Fabric.Tests.Rules;

/// <summary>Files stay small enough to be read in one go, and the outlier is caught early.</summary>
public sealed partial class FileBudget
{
    [Fact]
    public void Half_of_all_files_have_at_most_60_lines_and_nine_in_ten_at_most_200()
    {
        var lengths = Repository.Source.Select(file => Repository.Lines(file).Length).Order().ToList();
        Assert.True(lengths[lengths.Count / 2] <= 60, $"the median is {lengths[lengths.Count / 2]}");
        Assert.True(lengths[lengths.Count * 9 / 10] <= 200, $"nine in ten have up to {lengths[lengths.Count * 9 / 10]}");
    }

    [Fact]
    public void No_file_is_a_program_of_its_own() =>
        Assert.DoesNotContain(
            Repository.Source.Select(file => (File: file, Repository.Lines(file).Length)),
            file => file.Length > (Path.GetExtension(file.File) == ".razor" ? 150 : 400));

    [Fact]
    public void No_method_is_longer_than_60_lines() =>
        Assert.DoesNotContain(Repository.Source.Where(file => Path.GetExtension(file) == ".cs").SelectMany(Methods), method => method.Lines > 60);

    /// <summary>Methods by their layout, which the formatter fixes: a signature, then braces alone on lines of the same depth.</summary>
    private static IEnumerable<(string Method, int Lines)> Methods(string file)
    {
        var lines = Repository.Lines(file);
        for (var at = 1; at < lines.Length; at++)
        {
            var depth = lines[at].Length - lines[at].TrimStart().Length;
            if (lines[at].Trim() != "{" || depth == 0 || !lines[at - 1].TrimEnd().EndsWith(')') || TypeOrStatement().IsMatch(lines[at - 1]))
                continue;
            var end = Array.FindIndex(lines, at, line => line.TrimEnd() is var text && (text == new string(' ', depth) + "}" || text == new string(' ', depth) + "};"));
            if (end > 0 && depth == 4)
                yield return ($"{file}: {lines[at - 1].Trim()}", end - at - 1);
        }
    }

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\b|^\s*(if|for|foreach|while|switch|using|lock|catch)\b")]
    private static partial Regex TypeOrStatement();
}
