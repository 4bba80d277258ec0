using Fabric.Workflows.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Persistence.Sqlite;

/// <summary>Forms of the types that SQLite does not have: integers and bytes compare, sort and index as the values do.</summary>
internal static class SqliteTypes
{
    public static void Configure(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<TicksConverter>();
        configurationBuilder.Properties<Guid>().HaveConversion<GuidBytesConverter>();
    }
}
