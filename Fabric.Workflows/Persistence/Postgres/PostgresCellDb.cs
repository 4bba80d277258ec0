using Fabric.Workflows.Persistence.Rows;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence.Postgres;

/// <summary>A cell in a schema of a PostgreSQL database.</summary>
public sealed class PostgresCellDb(DbContextOptions options, TenantScope scope) : CellDb(options, scope)
{
    /// <inheritdoc/>
    protected override void ConfigureTypes(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondConverter>();
}
