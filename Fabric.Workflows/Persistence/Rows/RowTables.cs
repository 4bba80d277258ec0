using Microsoft.EntityFrameworkCore.Metadata;

namespace Fabric.Workflows.Persistence.Rows;

/// <summary>The tables of one model by row type.</summary>
internal sealed class RowTables(IModel model, Func<int, string> parameter)
{
    private readonly Dictionary<Type, RowTable> tables = model.GetEntityTypes().ToDictionary(t => t.ClrType, t => new RowTable(t, parameter));

    public RowTable this[Type type] => tables.TryGetValue(type, out var table)
        ? table
        : throw new ArgumentException($"{type.Name} is no row of this database.", nameof(type));
}
