using Fabric.Workflows.Executors.Terraform.Drift;

namespace Fabric.Tests.Terraform.Drift;

public sealed class DriftScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DriftOptions Daily = new() { Every = TimeSpan.FromHours(24), PerAccount = 2 };

    private static DriftCandidate Candidate(int hoursAgo, Guid? account = null, bool idle = true, bool looking = false) => new(Guid.CreateVersion7(Now), account, Now.AddHours(-hoursAgo), idle, looking);

    [Fact]
    public void Each_environment_is_due_at_a_time_of_its_own_within_a_quarter_more()
    {
        var times = Enumerable.Range(0, 200).Select(_ => DriftSchedule.NextOf(Guid.CreateVersion7(Now), Now, Daily.Every)).ToList();
        Assert.All(times, at => Assert.InRange(at, Now.AddHours(24), Now.AddHours(30)));
        Assert.True(times.Max() - times.Min() > TimeSpan.FromHours(3), "they come all at once");
        var id = Guid.CreateVersion7(Now);
        Assert.Equal(DriftSchedule.NextOf(id, Now, Daily.Every), DriftSchedule.NextOf(id, Now, Daily.Every));
    }

    [Fact]
    public void Only_those_that_are_due_and_idle_are_looked_at()
    {
        var due = Candidate(31);
        Assert.Equal([due.Id], DriftSchedule.Due([due, Candidate(23), Candidate(40, idle: false), Candidate(40, looking: true)], Daily, Now));
    }

    [Fact]
    public void An_account_has_so_many_at_once_those_that_go_among_them_and_the_longest_waiting_goes_first()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        DriftCandidate[] all = [Candidate(31, one), Candidate(50, one), Candidate(40, one, looking: true), Candidate(32, two), Candidate(33), Candidate(34), Candidate(35)];
        Assert.Equal([all[1].Id, all[6].Id, all[5].Id, all[3].Id], DriftSchedule.Due(all, Daily, Now));
    }

    [Fact]
    public void Zero_is_never() => Assert.Empty(DriftSchedule.Due([Candidate(999)], new DriftOptions { Every = TimeSpan.Zero }, Now));

    [Theory]
    [InlineData("0", 1, 0)]
    [InlineData("1.00:00:00", 2, 0)]
    [InlineData("00:00:10", 2, 1)]
    [InlineData("-1", 0, 2)]
    public void Settings_that_cannot_be_right_are_named(string every, int perAccount, int faults) =>
        Assert.Equal(faults, new DriftOptions { Every = TimeSpan.Parse(every, System.Globalization.CultureInfo.InvariantCulture), PerAccount = perAccount }.Faults().Count());
}
