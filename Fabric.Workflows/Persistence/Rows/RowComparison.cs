using System.Linq.Expressions;
using System.Reflection;

namespace Fabric.Workflows.Persistence.Rows;

/// <summary>
/// Which columns differ between two rows, as bits. Documents and lists are compared by reference: rows are immutable, so the same one is
/// the same text, and another one is written.
/// </summary>
internal static class RowComparison
{
    /// <param name="type">The rows' type.</param>
    /// <param name="columns">The columns that may change: place and property.</param>
    public static Func<object, object, ulong> Of(Type type, IReadOnlyList<(int Place, PropertyInfo Property)> columns)
    {
        if (columns.Any(column => column.Place >= 64))
            throw new NotSupportedException($"{type.Name} has more columns than changes can be told apart of.");
        var before = Expression.Parameter(typeof(object), "before");
        var after = Expression.Parameter(typeof(object), "after");
        Expression bits = Expression.Constant(0UL);
        foreach (var (place, property) in columns)
        {
            var equality = typeof(EqualityComparer<>).MakeGenericType(property.PropertyType);
            var same = Expression.Call(
                Expression.Constant(equality.GetProperty("Default")!.GetValue(null), equality),
                equality.GetMethod("Equals", [property.PropertyType, property.PropertyType])!,
                Expression.Property(Expression.Convert(before, type), property),
                Expression.Property(Expression.Convert(after, type), property));
            bits = Expression.Or(bits, Expression.Condition(same, Expression.Constant(0UL), Expression.Constant(1UL << place)));
        }

        return Expression.Lambda<Func<object, object, ulong>>(bits, before, after).Compile();
    }
}
