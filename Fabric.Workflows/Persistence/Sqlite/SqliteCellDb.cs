using Fabric.Workflows.Persistence.Rows;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence.Sqlite;

/// <summary>A cell in a SQLite file.</summary>
public sealed class SqliteCellDb(DbContextOptions options, TenantScope scope) : CellDb(options, scope)
{
    /// <inheritdoc/>
    protected override void ConfigureTypes(ModelConfigurationBuilder configurationBuilder) => SqliteTypes.Configure(configurationBuilder);
}
