using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine.Simulation;

/// <summary>
/// An owner without threads: asks the planner, keeps the last committed snapshot, does one piece of work at a time in a random order on
/// a clock of its own, and dies when the scenario says so.
/// </summary>
public sealed class SimulatedOwner(Scenario scenario, SimulatedWorld world, RunSnapshot start)
{
    private static readonly RetryRules Rules = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2), 100, TimeSpan.FromHours(8), TimeSpan.FromDays(7));
    private readonly Random random = new(scenario.Seed);
    private readonly List<WorkOrder> work = [];
    private RunSnapshot committed = start;
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;
    private DateTimeOffset? nextLook;
    private int acts;

    /// <summary>Runs to the end and returns what is durable then.</summary>
    public RunSnapshot ToTheEnd()
    {
        Commit(Planner.Decide(committed, now, Rules));
        while (!committed.Run.State.IsTerminal())
        {
            Assert.True(++acts < 10_000, $"the run does not end: {committed.Run.State}");
            var crash = scenario.Crashes.TryGetValue(acts, out var moment) ? moment : (CrashMoment?)null;
            if (crash is CrashMoment.BeforeTheWork)
                Crash();
            else if (work.Count > 0)
                Work(crash);
            else
                Wait();
        }

        return committed;
    }

    private void Work(CrashMoment? crash)
    {
        var order = work[random.Next(work.Count)];
        work.Remove(order);
        now += TimeSpan.FromSeconds(1);
        var result = order.Kind is WorkKind.Cancel ? null : world.Do(order, committed.Find(order.Node)!, now);
        if (crash is CrashMoment.BetweenEffectAndCommit)
        {
            Crash();
            return;
        }

        if (result is not null)
            Commit(Planner.Receive(committed, order, result, now, Rules));
        if (crash is CrashMoment.AfterTheCommit)
            Crash();
    }

    private void Wait()
    {
        Assert.True(nextLook is not null, "nothing is under way and nobody will ever look again");
        now = nextLook > now ? nextLook.Value : now;
        Commit(Planner.Decide(committed, now, Rules));
    }

    private void Crash()
    {
        work.Clear();
        now += TimeSpan.FromSeconds(30);
        Commit(Planner.Recover(committed, now, Rules));
    }

    private void Commit(Decision decision)
    {
        committed = decision.After;
        nextLook = decision.NextLookAt;
        work.AddRange(decision.Work);
    }
}
