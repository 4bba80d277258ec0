using System.Text.Json;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Xunit;
using EntityState = Fabric.Workflows.Environments.EntityState;

namespace Fabric.Tests.Storage;

public abstract partial class CellStorageTests
{
    [Fact]
    public async Task Every_type_of_row_is_read_back_as_it_was_written()
    {
        var environment = Rows.Environment();
        var batch = new JournalBatch().Add(environment);
        foreach (var row in Rows.OneOfEach(environment.Id))
            batch.Add(row);
        batch.Add(new CellBlueprint { Name = "b", Version = 1, Hash = "h", Json = "{}" }).Add(new CellEntityType { Name = "t", Version = "1.0.0", Hash = "h", Json = "{}" });

        var written = await Cell.Journal.CommitAsync(batch, Cancel);

        await using var db = Cell.Open(TenantScope.Of("acme"));
        foreach (var row in written)
            Assert.Equal(Text(row), Text(Assert.Single(await ReadAllAsync(db, row.GetType()))));
        var types = db.Model.GetEntityTypes().Select(t => t.ClrType).Except([typeof(CellMeta), typeof(CellHeads)]);
        Assert.Equal(types.Order(ByName), written.Select(r => r.GetType()).Order(ByName));
    }

    [Fact]
    public async Task A_change_writes_the_columns_that_differ_and_no_other()
    {
        var environment = await AddAsync(Rows.Environment());
        var entity = await AddAsync(Rows.Entity(environment.Id));
        await Cell.Journal.CommitAsync(new JournalBatch().Put(entity with { Message = "Written by somebody else." }), Cancel);

        await Cell.Journal.CommitAsync(new JournalBatch().Change(entity, entity with { State = EntityState.Failed, Health = null, UpdatedAt = Rows.Now.AddSeconds(1) }).Change(entity, entity with { }), Cancel);

        await using var db = Cell.Open(TenantScope.All);
        var now = await db.Entities.SingleAsync(e => e.Id == entity.Id, Cancel);
        Assert.Equal((EntityState.Failed, "Written by somebody else.", Rows.Now.AddSeconds(1)), (now.State, now.Message, now.UpdatedAt));
        Assert.Null(now.Health);
        Assert.Equal(Text(entity.Config!), Text(now.Config!));
    }

    [Fact]
    public async Task A_change_of_a_row_that_is_not_there_is_refused_alone()
    {
        var environment = await AddAsync(Rows.Environment());
        var gone = Rows.Entity(environment.Id);

        var work = Enumerable.Range(0, 60).Select(i => Record.ExceptionAsync(() => Cell.Journal.CommitAsync(
            i % 2 == 0 ? new JournalBatch().Add(Rows.Event(environment.Id)) : new JournalBatch().Add(Rows.Event(environment.Id, message: "lost")).Change(gone, gone with { State = EntityState.Failed }),
            Cancel)).AsTask()).ToList();
        var outcomes = await Task.WhenAll(work);

        Assert.All(outcomes.Where((_, i) => i % 2 == 0), Assert.Null);
        Assert.All(outcomes.Where((_, i) => i % 2 == 1), e => Assert.Contains("entities", Assert.IsType<InvalidOperationException>(e).Message, StringComparison.Ordinal));
        await using var db = Cell.Open(TenantScope.All);
        Assert.Equal(30, await db.RunEvents.CountAsync(Cancel));
    }

    [Fact]
    public async Task Times_are_kept_to_the_microsecond()
    {
        var fine = Rows.Now.AddTicks(17);
        var environment = await AddAsync(Rows.Environment() with { NextLookAt = fine });

        await using var db = Cell.Open(TenantScope.All);
        Assert.Equal(Rows.Now.AddTicks(10), (await db.Environments.SingleAsync(Cancel)).NextLookAt);
        Assert.Single(await db.Environments.Where(e => e.NextLookAt <= fine && e.Id == environment.Id).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_tenant_sees_its_own_rows_alone()
    {
        var ours = await AddAsync(Rows.Environment());
        var theirs = await AddAsync(Rows.Environment(tenant: "other"));
        var batch = new JournalBatch();
        foreach (var row in Rows.OneOfEach(ours.Id).Concat(Rows.OneOfEach(theirs.Id, "other")))
            batch.Add(row);
        await Cell.Journal.CommitAsync(batch, Cancel);

        await using var db = Cell.Open(TenantScope.Of("other"));
        foreach (var type in db.Model.GetEntityTypes().Select(t => t.ClrType).Where(t => t.IsAssignableTo(typeof(ITenantOwned))))
            Assert.All(await ReadAllAsync(db, type), row => Assert.Equal("other", ((ITenantOwned)row).Tenant));
        Assert.Null(await db.Environments.SingleOrDefaultAsync(e => e.Id == ours.Id, Cancel));
    }

    [Fact]
    public async Task Every_table_has_a_tenant_and_its_filter_or_stands_in_this_list()
    {
        string[] without = ["cell_blueprints", "cell_entity_types", "cell_heads", "cell_meta", "blueprint_versions", "blueprints", "cells", "directory_heads", "draft_steps"];
        await using DbContext cell = Cell.Open(TenantScope.All), directory = Storage.OpenDirectory(TenantScope.All);
        var tables = cell.Model.GetEntityTypes().Concat(directory.Model.GetEntityTypes()).ToList();
        Assert.All(
            tables.Where(t => !without.Contains(t.GetTableName())),
            t => Assert.True(t.FindDeclaredQueryFilter(ScopedDb.TenantFilter) is not null, $"{t.GetTableName()} is not filtered by tenant"));
        Assert.Equal(without.Order(), tables.Where(t => t.GetDeclaredQueryFilters().Count == 0).Select(t => t.GetTableName()).Order());
    }

    [Fact]
    public async Task Migrations_say_what_the_rows_say()
    {
        await using DbContext cell = Cell.Open(TenantScope.All), directory = Storage.OpenDirectory(TenantScope.All);
        Assert.False(cell.Database.HasPendingModelChanges(), "a cell's rows changed: add a migration");
        Assert.False(directory.Database.HasPendingModelChanges(), "the directory's rows changed: add a migration");
    }

    [Fact]
    public async Task A_cell_of_a_newer_schema_is_refused_with_a_sentence()
    {
        await using (var db = Cell.Open(TenantScope.All))
        {
            await db.Database.ExecuteSqlRawAsync(
                """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_Later', '99')""", Cancel);
        }

        var refused = await Assert.ThrowsAsync<CellUnreachableException>(ReopenAsync);
        Assert.Contains("newer than this program", refused.Message, StringComparison.Ordinal);
        Assert.Contains("29990101000000_Later", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_of_a_destroyed_environment_is_free_again()
    {
        var first = await AddAsync(Rows.Environment());
        await Assert.ThrowsAsync<RowConflictException>(() => AddAsync(Rows.Environment()));
        await Cell.Journal.CommitAsync(new JournalBatch().Put(first with { State = EnvironmentState.Destroyed }), Cancel);
        await AddAsync(Rows.Environment());
    }

    private static Comparer<Type> ByName => Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    private static string Text(object row) => JsonSerializer.Serialize(
        row is Workflows.Runs.Run run ? run with { StartedAt = run.StartedAt?.AddTicks(-(run.StartedAt.Value.Ticks % 10)) } : row, row.GetType());

    private static async Task<List<object>> ReadAllAsync(DbContext db, Type type) =>
        await ((IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(type).Invoke(db, [])!).ToListAsync(Cancel);
}
