using System.Collections.Concurrent;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Fabric.Tests.Storage;

public abstract partial class CellStorageTests
{
    [Fact]
    public async Task A_take_over_refuses_the_owner_before()
    {
        var environment = await AddAsync(Rows.Environment());
        var first = await Cell.TakeOverAsync(environment.Id, Cancel);
        var second = await Cell.TakeOverAsync(environment.Id, Cancel);
        Assert.Equal((1, 2), (first!.Epoch, second!.Epoch));

        var stale = await Assert.ThrowsAsync<StaleEpochException>(() =>
            Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 1).Add(Rows.Event(environment.Id)), Cancel));
        Assert.Equal(environment.Id, stale.EnvironmentId);
        await Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 2).Add(Rows.Event(environment.Id)), Cancel);
        Assert.Null(await Cell.TakeOverAsync(Rows.NewId(), Cancel));
    }

    [Fact]
    public async Task A_put_replaces_the_row_but_never_its_epoch()
    {
        var environment = await AddAsync(Rows.Environment());
        await Cell.TakeOverAsync(environment.Id, Cancel);

        await Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 1).Put(environment with { State = EnvironmentState.Ready, Epoch = 7 }), Cancel);

        await using var db = Cell.Open(TenantScope.All);
        Assert.Equal(environment with { State = EnvironmentState.Ready, Epoch = 1 }, await db.Environments.SingleAsync(Cancel));
    }

    [Fact]
    public async Task Batches_that_are_refused_fail_alone_in_their_group()
    {
        var environment = await AddAsync(Rows.Environment());
        await Cell.TakeOverAsync(environment.Id, Cancel);
        var known = await AddAsync(Rows.Entity(environment.Id));

        // Far more at once than one group takes while its predecessor syncs, so that refused ones share a group with good ones.
        var work = Enumerable.Range(0, 300).Select(i => Record.ExceptionAsync(() => Cell.Journal.CommitAsync(
            i % 3 == 0 ? new JournalBatch(environment.Id, 1).Add(Rows.Event(environment.Id))
            : i % 3 == 1 ? new JournalBatch(environment.Id, 0).Add(Rows.Event(environment.Id, message: "stale"))
            : new JournalBatch().Add(Rows.Event(environment.Id, message: "conflict")).Add(known),
            Cancel)).AsTask()).ToList();
        var outcomes = await Task.WhenAll(work);

        for (var i = 0; i < outcomes.Length; i++)
            Assert.Equal((i % 3) switch { 0 => null, 1 => typeof(StaleEpochException), _ => typeof(RowConflictException) }, outcomes[i]?.GetType());
        Assert.Equal("entities", outcomes.OfType<RowConflictException>().First().Table);
        await using var db = Cell.Open(TenantScope.All);
        var events = await db.RunEvents.OrderBy(e => e.Sequence).ToListAsync(Cancel);
        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.DoesNotContain(events, e => e.Message is "stale" or "conflict");
    }

    [Fact]
    public async Task Nothing_is_written_on_top_of_a_lost_batch_until_the_environment_is_taken_over_anew()
    {
        var environment = await AddAsync(Rows.Environment());
        var other = await AddAsync(Rows.Environment() with { Name = "other" });
        await Cell.TakeOverAsync(environment.Id, Cancel);
        await Cell.TakeOverAsync(other.Id, Cancel);
        var known = await AddAsync(Rows.Entity(environment.Id));

        var lost = Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 1).Add(known), Cancel);
        var behind = Enumerable.Range(0, 20).Select(_ => Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 1).Add(Rows.Event(environment.Id)), Cancel)).ToList();
        var beside = Cell.Journal.CommitAsync(new JournalBatch(other.Id, 1).Add(Rows.Event(other.Id)), Cancel);

        await Assert.ThrowsAsync<RowConflictException>(() => lost);
        foreach (var batch in behind)
            await Assert.ThrowsAsync<StaleEpochException>(() => batch);
        await beside;
        await Assert.ThrowsAsync<StaleEpochException>(() => Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 0).Add(Rows.Event(environment.Id)), Cancel));
        await Assert.ThrowsAsync<StaleEpochException>(() => Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 1).Add(Rows.Event(environment.Id)), Cancel));

        await Cell.TakeOverAsync(environment.Id, Cancel);
        await Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 2).Add(Rows.Event(environment.Id)), Cancel);
        await using var db = Cell.Open(TenantScope.All);
        Assert.Equal(1, await db.RunEvents.CountAsync(e => e.EnvironmentId == environment.Id, Cancel));
    }

    [Fact]
    public async Task A_removed_row_is_gone_and_removing_it_twice_is_no_fault()
    {
        var environment = await AddAsync(Rows.Environment());
        var entity = await AddAsync(Rows.Entity(environment.Id));
        var step = await AddAsync(Rows.Step(environment.Id, Rows.NewId()));
        await Cell.Journal.CommitAsync(new JournalBatch().Remove(entity).Remove(step).Remove(entity), Cancel);
        await using var db = Cell.Open(TenantScope.All);
        Assert.False(await db.Entities.AnyAsync(Cancel) || await db.Steps.AnyAsync(Cancel));
    }

    [Fact]
    public async Task Sequences_ascend_and_survive_a_restart()
    {
        var environment = await AddAsync(Rows.Environment());
        var first = await AddAsync(Rows.Intent(environment.Id, Rows.NewId()));
        await AddAsync(Rows.Event(environment.Id));
        Assert.Equal(1, first.Sequence);
        await Cell.Journal.CommitAsync(new JournalBatch().Remove(first), Cancel);

        await ReopenAsync();

        var second = await AddAsync(Rows.Intent(environment.Id, Rows.NewId()));
        Assert.Equal((2, 2), (second.Sequence, (await AddAsync(Rows.Event(environment.Id))).Sequence));
        var kept = (Intent)(await Cell.Journal.CommitAsync(new JournalBatch().Put(second with { UpdatedAt = Rows.Now.AddDays(1) }), Cancel))[0];
        Assert.Equal(2, kept.Sequence);
        var renewed = (Intent)(await Cell.Journal.CommitAsync(new JournalBatch().Put(second with { Generation = 2, Sequence = 0 }), Cancel))[0];
        Assert.Equal(3, renewed.Sequence);
    }

    [Fact]
    public async Task The_audit_chain_holds_across_restarts_and_shows_tampering()
    {
        for (var i = 0; i < 5; i++)
            await AddAsync(Rows.Audit(action: $"a{i}"));
        await ReopenAsync();
        await AddAsync(Rows.Audit(action: "last"));

        await using var db = Cell.Open(TenantScope.All);
        Assert.Null(AuditChain.FirstBreak(await db.AuditEvents.OrderBy(a => a.Sequence).ToListAsync(Cancel)));
        await db.Database.ExecuteSqlRawAsync("UPDATE audit_events SET message = 'Nobody did.' WHERE sequence = 3", Cancel);
        Assert.Equal(3, AuditChain.FirstBreak(await db.AuditEvents.OrderBy(a => a.Sequence).ToListAsync(Cancel)));
        await db.Database.ExecuteSqlRawAsync("DELETE FROM audit_events WHERE sequence <= 3", Cancel);
        Assert.Equal(4, AuditChain.FirstBreak(await db.AuditEvents.OrderBy(a => a.Sequence).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Sixty_four_writers_at_once_lose_nothing_and_subscribers_see_commit_order()
    {
        var environment = await AddAsync(Rows.Environment());
        var seen = new ConcurrentQueue<long>();
        var all = new TaskCompletionSource();
        using var broken = Cell.Journal.Subscribe(_ => throw new InvalidOperationException("a page that fails"));
        using var subscription = Cell.Journal.Subscribe(rows =>
        {
            foreach (var row in rows.OfType<RunEvent>())
                seen.Enqueue(row.Sequence);
            if (seen.Count == 64 * 20)
                all.TrySetResult();
        });

        await Task.WhenAll(Enumerable.Range(0, 64).Select(async writer =>
        {
            for (var i = 0; i < 20; i++)
                await Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 0).Add(Rows.Event(environment.Id, message: $"{writer}/{i}")), Cancel);
        }));

        await all.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal(Enumerable.Range(1, 64 * 20).Select(n => (long)n), seen);
        await using var db = Cell.Open(TenantScope.All);
        Assert.Equal(64 * 20, await db.RunEvents.Select(e => e.Message).Distinct().CountAsync(Cancel));
    }

    [Fact]
    public async Task A_row_that_is_no_row_fails_its_caller_alone()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Cell.Journal.CommitAsync(new JournalBatch().Add("text"), Cancel));
        await AddAsync(Rows.Environment());
        Assert.Null(Cell.Journal.Fault);
    }
}
