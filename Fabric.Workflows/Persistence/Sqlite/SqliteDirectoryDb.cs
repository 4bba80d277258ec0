using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence.Sqlite;

/// <summary>The directory in a SQLite file.</summary>
public sealed class SqliteDirectoryDb(DbContextOptions options, TenantScope scope) : DirectoryDb(options, scope)
{
    /// <summary>Reads the head: the transaction has begun IMMEDIATE, so the file is this writer's already.</summary>
    internal override Task<DirectoryHead> LockHeadAsync(CancellationToken cancellationToken) => DirectoryHeads.SingleAsync(cancellationToken);

    /// <inheritdoc/>
    protected override void ConfigureTypes(ModelConfigurationBuilder configurationBuilder) => SqliteTypes.Configure(configurationBuilder);
}
