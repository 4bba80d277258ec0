namespace Fabric.Workflows.Persistence.Rows;

/// <summary>One way of writing rows of a table. There is one instance per statement, so that sessions can keep it prepared.</summary>
/// <param name="table">The table.</param>
/// <param name="sql">The text, its parameters in order.</param>
/// <param name="columns">The column each parameter is for.</param>
/// <param name="mustExist">Changes a row that is there; none is a fault.</param>
internal sealed class RowStatement(RowTable table, string sql, IReadOnlyList<int> columns, bool mustExist = false)
{
    public RowTable Table => table;

    public string Sql => sql;

    public bool MustExist => mustExist;

    /// <summary>The parameters' values, as the provider takes them.</summary>
    public object?[] Values(object row)
    {
        var values = new object?[columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = table.Value(columns[i], row);
        return values;
    }

    /// <summary>Type of a parameter's value as the provider takes it.</summary>
    public Type StoredType(int parameter) => table.StoredTypes[columns[parameter]];

    /// <summary>Says that there was no row to change.</summary>
    public InvalidOperationException Missing() => new($"A row of {table.Name} that was to be changed is not there.");
}
