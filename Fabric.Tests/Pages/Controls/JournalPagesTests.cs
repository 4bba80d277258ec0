using Fabric.Tests.Support;
using Fabric.Web.Controls;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Controls;

public class JournalPagesTests
{
    private readonly SampleDesk desk = new();
    private readonly JournalPages journal = new(size: 3);

    private void Happen(int from, int to)
    {
        for (var i = from; i <= to; i++)
            desk.Events.Add(new RunEvent { Sequence = i, Tenant = "sample", EnvironmentId = Samples.EnvironmentId, RunId = i % 2 == 0 ? Samples.RunId : null, At = Samples.Now, Kind = "X", Message = $"{i}", Actor = "Fabric" });
    }

    private Task RefreshAsync(Guid? run = null) => journal.RefreshAsync(desk, Samples.Owner, Samples.EnvironmentId, run, CancellationToken.None);

    private Task EarlierAsync() => journal.LoadEarlierAsync(desk, Samples.Owner, CancellationToken.None);

    private string Shown => string.Join(',', journal.Events.Select(line => line.Sequence));

    [Fact]
    public async Task It_begins_at_the_end_reads_back_on_demand_and_stays_live()
    {
        Happen(1, 7);
        await RefreshAsync();
        Assert.Equal(("5,6,7", true), (Shown, journal.Earlier));

        await EarlierAsync();
        Assert.Equal(("2,3,4,5,6,7", true), (Shown, journal.Earlier));

        Happen(8, 14);
        await RefreshAsync();
        Assert.Equal("2,3,4,5,6,7,8,9,10,11,12,13,14", Shown);

        await EarlierAsync();
        Assert.Equal(("1,2,3,4,5,6,7,8,9,10,11,12,13,14", false), (Shown, journal.Earlier));
    }

    [Fact]
    public async Task Reads_that_overlap_take_every_line_once()
    {
        Happen(1, 3);
        await RefreshAsync();
        Happen(4, 5);
        var held = new TaskCompletionSource();
        desk.Held = held.Task;

        var both = Task.WhenAll(RefreshAsync(), RefreshAsync(), EarlierAsync());
        held.SetResult();
        await both;

        Assert.Equal("1,2,3,4,5", Shown);
    }

    [Fact]
    public async Task A_read_that_fails_does_not_hold_up_the_next()
    {
        Happen(1, 3);
        desk.Broken = new InvalidOperationException("away");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RefreshAsync());
        desk.Broken = null;

        await RefreshAsync();

        Assert.Equal("1,2,3", Shown);
    }

    [Fact]
    public async Task Another_journal_begins_at_its_own_end()
    {
        Happen(1, 7);
        await RefreshAsync();
        await RefreshAsync(Samples.RunId);

        Assert.Equal(("2,4,6", false), (Shown, journal.Earlier));
    }
}
