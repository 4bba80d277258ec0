using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fabric.Workflows.Persistence.Rows;

/// <summary>How rows of one type are written, read off EF's own model: the same tables, columns and converters as the queries.</summary>
internal sealed class RowTable
{
    private readonly Func<object, object?>[] read;
    private readonly Func<object, object, ulong> compare;
    private readonly RowStatement insert;
    private readonly RowStatement upsert;
    private readonly RowStatement delete;
    private readonly ConcurrentDictionary<ulong, RowStatement> changes = new();
    private readonly Func<int, string> parameter;
    private readonly List<string> columns;
    private readonly int[] keys;

    /// <param name="type">The row's type in EF's model.</param>
    /// <param name="parameter">How the provider writes its n-th parameter, from 1.</param>
    public RowTable(IEntityType type, Func<int, string> parameter)
    {
        this.parameter = parameter;
        Name = type.GetTableName()!;
        var properties = type.GetProperties().ToList();
        StoredTypes = [.. properties.Select(p => StoredType(p.GetRelationalTypeMapping()))];
        read = [.. properties.Select(p => Reader(type.ClrType, p))];
        columns = [.. properties.Select(p => Quote(p.GetColumnName()))];
        keys = [.. properties.Where(p => p.IsPrimaryKey()).Select(p => properties.IndexOf(p))];
        int[] settable = [.. properties.Where(p => !p.IsPrimaryKey() && p.GetAfterSaveBehavior() == PropertySaveBehavior.Save).Select(p => properties.IndexOf(p))];
        compare = RowComparison.Of(type.ClrType, [.. settable.Select(i => (i, properties[i].PropertyInfo!))]);

        int[] all = [.. Enumerable.Range(0, columns.Count)];
        var added = $"INSERT INTO {Quote(Name)} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", all.Select(i => parameter(i + 1)))})";
        var set = string.Join(", ", settable.Select(i => $"{columns[i]} = excluded.{columns[i]}"));
        insert = new RowStatement(this, added, all);
        upsert = new RowStatement(this, $"{added} ON CONFLICT ({string.Join(", ", keys.Select(i => columns[i]))}) DO {(set.Length == 0 ? "NOTHING" : $"UPDATE SET {set}")}", all);
        delete = new RowStatement(this, $"DELETE FROM {Quote(Name)} WHERE {Keys(1)}", keys);
    }

    /// <summary>Name of the table.</summary>
    public string Name { get; }

    /// <summary>Types of the columns' values as the provider takes them.</summary>
    public IReadOnlyList<Type> StoredTypes { get; }

    /// <summary>The statement for one write; null when it would change nothing.</summary>
    public RowStatement? Statement(JournalWrite write) => write.Kind switch
    {
        WriteKind.Add => insert,
        WriteKind.Put => upsert,
        WriteKind.Remove => delete,
        _ => compare(write.Before!, write.Row) is var changed and not 0 ? changes.GetOrAdd(changed, Change) : null,
    };

    /// <summary>Value of a column as the provider takes it.</summary>
    public object? Value(int column, object row) => read[column](row);

    private RowStatement Change(ulong changed)
    {
        int[] set = [.. Enumerable.Range(0, columns.Count).Where(i => (changed & (1UL << i)) != 0)];
        var text = string.Join(", ", set.Select((column, i) => $"{columns[column]} = {parameter(i + 1)}"));
        return new RowStatement(this, $"UPDATE {Quote(Name)} SET {text} WHERE {Keys(set.Length + 1)}", [.. set, .. keys], mustExist: true);
    }

    private string Keys(int first) => string.Join(" AND ", keys.Select((column, i) => $"{columns[column]} = {parameter(first + i)}"));

    private static Type StoredType(RelationalTypeMapping mapping) => mapping.Converter?.ProviderClrType ?? mapping.ClrType;

    private static string Quote(string name) => $"\"{name}\"";

    private static Func<object, object?> Reader(Type type, IProperty property)
    {
        var row = Expression.Parameter(typeof(object), "row");
        Expression value = Expression.Property(Expression.Convert(row, type), property.PropertyInfo!);
        var stored = Converted(value, property.GetRelationalTypeMapping().Converter?.ConvertToProviderExpression);
        return Expression.Lambda<Func<object, object?>>(stored, row).Compile();
    }

    private static Expression Converted(Expression value, LambdaExpression? converter)
    {
        if (converter is null)
            return Expression.Convert(value, typeof(object));
        var bare = Nullable.GetUnderlyingType(value.Type) is { } underlying ? Expression.Convert(value, underlying) : value;
        Expression stored = Expression.Convert(Expression.Invoke(converter, Expression.Convert(bare, converter.Parameters[0].Type)), typeof(object));
        return value.Type.IsValueType && bare == value
            ? stored
            : Expression.Condition(Expression.Equal(value, Expression.Constant(null, value.Type)), Expression.Constant(null), stored);
    }
}
