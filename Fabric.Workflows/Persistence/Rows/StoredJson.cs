using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fabric.Workflows.Persistence.Rows;

/// <summary>How documents and lists stand in a text column. Names are part of the stored form: a rename needs a migration.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };
}

/// <summary>A value kept as JSON text.</summary>
internal sealed class JsonText<T>() : ValueConverter<T, string>(
    value => JsonSerializer.Serialize(value, StoredJson.Options),
    text => JsonSerializer.Deserialize<T>(text, StoredJson.Options)!);

/// <summary>Rows are immutable, so a snapshot is the value itself; equality is that of the text.</summary>
internal sealed class JsonTextComparer<T>() : ValueComparer<T>(
    (a, b) => JsonSerializer.Serialize(a, StoredJson.Options) == JsonSerializer.Serialize(b, StoredJson.Options),
    value => JsonSerializer.Serialize(value, StoredJson.Options).GetHashCode(StringComparison.Ordinal),
    value => value);
