using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Time.Testing;
using System.Reflection;

namespace Fabric.Tests.Pages.Controls;

public class LiveRefreshTests
{
    private readonly FakeTimeProvider clock = new();
    private int refreshes;

    private LiveRefresh Make(Func<Task>? refresh = null) => new(SilentDesk.Make(), Actor.System, null, refresh ?? Count, clock);

    private Task Count()
    {
        refreshes++;
        return Task.CompletedTask;
    }

    [Fact]
    public void A_burst_is_two_refreshes_the_first_and_the_last()
    {
        using var live = Make();
        live.Changed();
        clock.Advance(TimeSpan.Zero);
        for (var i = 0; i < 100; i++)
            live.Changed();
        clock.Advance(LiveRefresh.Gap);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, refreshes);
    }

    [Fact]
    public void Two_never_run_at_once_and_what_came_meanwhile_is_not_lost()
    {
        var first = new TaskCompletionSource();
        using var live = Make(() => ++refreshes == 1 ? first.Task : Task.CompletedTask);
        live.Changed();
        clock.Advance(TimeSpan.Zero);
        live.Changed();
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, refreshes);
        first.SetResult();
        clock.Advance(LiveRefresh.Gap);
        Assert.Equal(2, refreshes);
    }

    [Fact]
    public void Nothing_is_refreshed_after_the_end()
    {
        var live = Make();
        live.Dispose();
        live.Changed();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, refreshes);
    }

    /// <summary>A desk that can only be listened to, and never says anything.</summary>
    public class SilentDesk : DispatchProxy, IDisposable
    {
        public static IDesk Make() => Create<IDesk, SilentDesk>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => new SilentDesk();

        public void Dispose() => GC.SuppressFinalize(this);
    }
}
