using Fabric.Workflows.Persistence;
using Fabric.Workflows.Persistence.Postgres;

namespace Fabric.Tests.Storage;

public sealed class PostgresCellTests(PostgresServer server) : CellStorageTests
{
    protected override async Task<StorageProvider> StartStorageAsync() => new PostgresStorage(await server.NewDatabaseAsync());

    protected override ValueTask EndStorageAsync() => ValueTask.CompletedTask;
}
