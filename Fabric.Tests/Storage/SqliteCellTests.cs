using Fabric.Workflows.Persistence;
using Fabric.Workflows.Persistence.Sqlite;

namespace Fabric.Tests.Storage;

public sealed class SqliteCellTests : CellStorageTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("fabric-storage-").FullName;

    protected override Task<StorageProvider> StartStorageAsync() => Task.FromResult<StorageProvider>(new SqliteStorage(folder));

    protected override ValueTask EndStorageAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
