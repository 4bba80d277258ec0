using Fabric.Workflows.Persistence.Postgres;
using Fabric.Workflows.Persistence.Sqlite;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore.Design;

namespace Fabric.Workflows.Persistence;

/// <summary>For <c>dotnet ef migrations add</c>, which needs a model and no database.</summary>
internal sealed class SqliteCellDesign : IDesignTimeDbContextFactory<SqliteCellDb>
{
    public SqliteCellDb CreateDbContext(string[] args) => new(SqliteStorage.Options<SqliteCellDb>("design.db"), TenantScope.All);
}

/// <inheritdoc cref="SqliteCellDesign"/>
internal sealed class PostgresCellDesign : IDesignTimeDbContextFactory<PostgresCellDb>
{
    public PostgresCellDb CreateDbContext(string[] args) =>
        new(PostgresStorage.Options<PostgresCellDb>("Host=design", "cell_design"), TenantScope.All);
}

/// <inheritdoc cref="SqliteCellDesign"/>
internal sealed class SqliteDirectoryDesign : IDesignTimeDbContextFactory<SqliteDirectoryDb>
{
    public SqliteDirectoryDb CreateDbContext(string[] args) => new(SqliteStorage.Options<SqliteDirectoryDb>("design.db"), TenantScope.All);
}

/// <inheritdoc cref="SqliteCellDesign"/>
internal sealed class PostgresDirectoryDesign : IDesignTimeDbContextFactory<PostgresDirectoryDb>
{
    public PostgresDirectoryDb CreateDbContext(string[] args) =>
        new(PostgresStorage.Options<PostgresDirectoryDb>("Host=design", "directory"), TenantScope.All);
}
