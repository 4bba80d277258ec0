using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fabric.Workflows.Persistence.Rows;

/// <summary>How rows of one type are written, read off EF's own model: the same tables, columns and converters as the queries.</summary>
internal sealed class RowTable
{
    private readonly Func<object, object?>[] read;

    /// <param name="type">The row's type in EF's model.</param>
    /// <param name="parameter">How the provider writes its n-th parameter, from 1.</param>
    public RowTable(IEntityType type, Func<int, string> parameter)
    {
        Name = type.GetTableName()!;
        var properties = type.GetProperties().ToList();
        StoredTypes = [.. properties.Select(p => StoredType(p.GetRelationalTypeMapping()))];
        read = [.. properties.Select(p => Reader(type.ClrType, p))];
        var columns = properties.Select(p => Quote(p.GetColumnName())).ToList();
        var keys = properties.Where(p => p.IsPrimaryKey()).ToList();
        KeyIndexes = [.. keys.Select(p => properties.IndexOf(p))];
        Insert = $"INSERT INTO {Quote(Name)} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => parameter(i + 1)))})";
        var set = properties.Where(p => !p.IsPrimaryKey() && p.GetAfterSaveBehavior() == PropertySaveBehavior.Save)
            .Select(p => Quote(p.GetColumnName())).Select(c => $"{c} = excluded.{c}").ToList();
        Upsert = $"{Insert} ON CONFLICT ({string.Join(", ", keys.Select(p => Quote(p.GetColumnName())))}) DO "
            + (set.Count == 0 ? "NOTHING" : "UPDATE SET " + string.Join(", ", set));
        Delete = $"DELETE FROM {Quote(Name)} WHERE {string.Join(" AND ", keys.Select((p, i) => $"{Quote(p.GetColumnName())} = {parameter(i + 1)}"))}";
    }

    /// <summary>Name of the table.</summary>
    public string Name { get; }

    /// <summary>Types of the columns' values as the provider takes them.</summary>
    public IReadOnlyList<Type> StoredTypes { get; }

    /// <summary>Places of the key columns among all columns.</summary>
    public IReadOnlyList<int> KeyIndexes { get; }

    public string Insert { get; }

    public string Upsert { get; }

    public string Delete { get; }

    /// <summary>The statement for one kind of write.</summary>
    public string Sql(WriteKind kind) => kind switch
    {
        WriteKind.Add => Insert,
        WriteKind.Put => Upsert,
        _ => Delete,
    };

    /// <summary>Values of a row as the provider takes them, in the order of the statement's parameters.</summary>
    public object?[] Values(WriteKind kind, object row)
    {
        if (kind != WriteKind.Remove)
            return Array.ConvertAll(read, get => get(row));
        var keys = new object?[KeyIndexes.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = read[KeyIndexes[i]](row);
        return keys;
    }

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
