using Fabric.Tests.Support;
using Fabric.Web.Controls;
using Fabric.Workflows.Executors.Terraform;

namespace Fabric.Tests.Pages.Controls;

public class StepLogPagesTests
{
    private readonly SampleTerraformDesk desk = new();
    private readonly StepLogPages log = new(size: 3);

    internal static StepLog Chunk(int second, string text, int attempt = 1, string node = "network") => new()
    {
        RunId = Samples.RunId, Node = node, Id = Guid.CreateVersion7(Samples.Now.AddSeconds(second)), Tenant = "sample", EnvironmentId = Samples.EnvironmentId, Attempt = attempt, At = Samples.Now.AddSeconds(second), Text = text,
    };

    private void Print(int from, int to)
    {
        for (var i = from; i <= to; i++)
            desk.Logs.Add(Chunk(i, $"{i}"));
    }

    private Task RefreshAsync() => log.RefreshAsync(desk, Samples.Owner, Samples.EnvironmentId, Samples.RunId, "network", CancellationToken.None);

    private string Shown => string.Join(',', log.Chunks.Select(chunk => chunk.Text));

    [Fact]
    public async Task It_begins_at_the_end_reads_back_on_demand_and_stays_live()
    {
        Print(1, 7);
        await RefreshAsync();
        Assert.Equal(("5,6,7", true), (Shown, log.Earlier));

        await log.LoadEarlierAsync(desk, Samples.Owner, Samples.EnvironmentId, CancellationToken.None);
        Assert.Equal(("2,3,4,5,6,7", true), (Shown, log.Earlier));

        Print(8, 14);
        await RefreshAsync();
        Assert.Equal("2,3,4,5,6,7,8,9,10,11,12,13,14", Shown);
    }

    [Fact]
    public async Task A_chunk_of_the_same_millisecond_is_not_missed_and_none_comes_twice()
    {
        var (first, second) = (Chunk(1, "a"), Chunk(1, "b"));
        if (first.Id < second.Id)
            (first, second) = (second, first);
        desk.Logs.Add(first);
        await RefreshAsync();
        desk.Logs.Add(second);

        await RefreshAsync();
        await RefreshAsync();

        Assert.Equal([first.Text, second.Text], log.Chunks.Select(chunk => chunk.Text));
    }

    [Fact]
    public async Task Attempts_are_told_apart_and_another_step_begins_anew()
    {
        desk.Logs.AddRange([Chunk(1, "plan", attempt: 0), Chunk(2, "one"), Chunk(3, "two", attempt: 2), Chunk(4, "other", node: "cluster")]);
        await RefreshAsync();
        Assert.Equal(["plan", "one", "two"], log.Attempts.Select(chunks => string.Concat(chunks.Select(chunk => chunk.Text))));

        await log.RefreshAsync(desk, Samples.Owner, Samples.EnvironmentId, Samples.RunId, "cluster", CancellationToken.None);
        Assert.Equal("other", Shown);
    }

    [Theory]
    [InlineData("a\nb\n", "a|b|:")]
    [InlineData("a\nError: x\nmore\n", "a|:;Error: x|:bad;more|:")]
    [InlineData("Warning: y", "Warning: y:asks")]
    public void What_went_wrong_is_told_apart(string text, string expected) =>
        Assert.Equal(expected, string.Join(';', LogText.Stretches(text).Select(part => $"{part.Text.Replace('\n', '|')}:{part.Look}")));
}
