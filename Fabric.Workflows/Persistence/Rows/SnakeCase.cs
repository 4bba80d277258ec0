using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Fabric.Workflows.Persistence.Rows;

/// <summary>Names of tables, columns, keys and indexes, the same on every provider.</summary>
internal static class SnakeCase
{
    public static void Apply(IMutableModel model)
    {
        foreach (var type in model.GetEntityTypes())
        {
            var table = Of(type.GetTableName()!);
            type.SetTableName(table);
            foreach (var property in type.GetProperties())
                property.SetColumnName(Of(property.Name));
            foreach (var key in type.GetKeys())
                key.SetName("pk_" + table);
            foreach (var index in type.GetIndexes())
                index.SetDatabaseName($"ix_{table}_{string.Join('_', index.Properties.Select(p => Of(p.Name)))}");
        }
    }

    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
