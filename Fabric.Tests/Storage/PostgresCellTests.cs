using Fabric.Workflows.Persistence;
using Fabric.Workflows.Persistence.Postgres;
using Npgsql;
using Xunit;

namespace Fabric.Tests.Storage;

public sealed class PostgresCellTests(PostgresServer server) : CellStorageTests
{
    private string connection = "";

    [Fact]
    public async Task A_lost_connection_is_told_and_the_next_batch_is_written()
    {
        await AddAsync(Rows.Environment());
        await RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        var lost = await Assert.ThrowsAsync<CellUnreachableException>(() => AddAsync(Rows.Environment("lost")));
        Assert.Contains("goes on by itself", lost.Sentence, StringComparison.Ordinal);
        Assert.False(lost.OutcomeUnknown);

        await AddAsync(Rows.Environment("next"));
        Assert.Null(Cell.Journal.Fault);
    }

    [Fact]
    public async Task Two_journals_of_one_cell_stand_in_line_and_share_its_sequences()
    {
        var environment = await AddAsync(Rows.Environment());
        var other = await OpenCellAsync();
        var work = Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? Cell : other).Journal.CommitAsync(
            new JournalBatch().Add(Rows.Event(environment.Id)).Add(Rows.Audit()), Cancel));
        var written = await Task.WhenAll(work);
        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), written.SelectMany(w => w).OfType<Workflows.Runs.RunEvent>().Select(e => e.Sequence).Order());

        await other.TakeOverAsync(environment.Id, Cancel);
        await Assert.ThrowsAsync<StaleEpochException>(() => Cell.Journal.CommitAsync(new JournalBatch(environment.Id, 0).Add(Rows.Event(environment.Id)), Cancel));
    }

    [Fact]
    public void A_server_that_is_not_there_is_a_sentence_and_no_stack()
    {
        var nowhere = new PostgresStorage(new NpgsqlConnectionStringBuilder(connection) { Port = 1, Timeout = 2 }.ToString());
        var refused = Assert.Throws<DirectoryUnreachableException>(() => DirectoryStore.Open(nowhere));
        Assert.Contains("PostgreSQL does not answer", refused.Message, StringComparison.Ordinal);
    }

    protected override async Task<StorageProvider> StartStorageAsync() => new PostgresStorage(connection = await server.NewDatabaseAsync());

    protected override ValueTask EndStorageAsync() => ValueTask.CompletedTask;

    private async Task RunAsync(string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
