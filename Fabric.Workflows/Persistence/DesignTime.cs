using Fabric.Workflows.Persistence.Sqlite;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore.Design;

namespace Fabric.Workflows.Persistence;

/// <summary>For <c>dotnet ef migrations add</c>; never used at run time.</summary>
internal sealed class SqliteCellDesign : IDesignTimeDbContextFactory<SqliteCellDb>
{
    public SqliteCellDb CreateDbContext(string[] args) => new(SqliteStorage.Options<SqliteCellDb>("design.db"), TenantScope.All);
}
