using Fabric.Workflows.Persistence.Rows;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence.Postgres;

/// <summary>The directory in a schema of a PostgreSQL database.</summary>
public sealed class PostgresDirectoryDb(DbContextOptions options, TenantScope scope) : DirectoryDb(options, scope)
{
    internal override Task<DirectoryHead> LockHeadAsync(CancellationToken cancellationToken) =>
        DirectoryHeads.FromSqlRaw("SELECT id, audit_sequence, audit_hash FROM directory_heads FOR UPDATE").SingleAsync(cancellationToken);

    /// <inheritdoc/>
    protected override void ConfigureTypes(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondConverter>();
}
