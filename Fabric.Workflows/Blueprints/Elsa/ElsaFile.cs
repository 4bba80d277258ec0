using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Reads the bytes: nothing is built of a file that is larger or nested deeper than an honest one.</summary>
internal static class ElsaFile
{
    /// <summary>Levels of JSON.</summary>
    public const int MaxDepth = 64;

    private const int LongestNumber = 64;

    private static readonly byte[] Mark = [0xef, 0xbb, 0xbf];

    public static JsonObject? Read(ReadOnlySpan<byte> bytes, ElsaFindings findings)
    {
        if (bytes.Length > ElsaImport.LargestFile)
        {
            findings.Fatal(ElsaFindingCodes.TooLarge, "$", $"The file has {bytes.Length} bytes; at most {ElsaImport.LargestFile} are read. Split the workflow.");
            return null;
        }

        if (bytes.StartsWith(Mark))
            bytes = bytes[Mark.Length..];
        try
        {
            if (DeepAt(bytes) is { } deep)
            {
                findings.Fatal(ElsaFindingCodes.TooLarge, "$", $"The file nests deeper than {MaxDepth} levels at byte {deep}; flatten it.");
                return null;
            }

            var root = Parse(bytes);
            if (root is JsonObject definition)
                return definition;
            findings.Fatal(ElsaFindingCodes.WrongShape, "$", $"The file is {SchemaTypes.Describe([SchemaTypes.Of(root)])}; a workflow definition is an object with a 'root'.");
        }
        catch (JsonException e)
        {
            var sentence = e.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            findings.Fatal(ElsaFindingCodes.NotJson, "$", $"The file cannot be read as JSON at line {(e.LineNumber ?? 0) + 1}, position {(e.BytePositionInLine ?? 0) + 1}: {sentence}");
        }

        return null;
    }

    /// <summary>JSON in which every property is given once and every text is one.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> bytes)
    {
        if (DeepAt(bytes) is not null)
            throw new JsonException($"It nests deeper than {MaxDepth} levels.");
        return JsonNode.Parse(bytes, null, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
    }

    // The reader keeps no stack of its own, so any depth can be looked at. It would find half a character only when the text is used.
    private static long? DeepAt(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
            throw new JsonException("The file is not UTF-8.");
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (reader.CurrentDepth >= MaxDepth)
                return reader.TokenStartIndex;
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsText(ref reader))
                throw new JsonException($"The text at byte {reader.TokenStartIndex} has half a character.");
            // What is compared later cannot be compared when its exponent has no end.
            if (reader.TokenType is JsonTokenType.Number && (reader.ValueSpan.Length > LongestNumber || !reader.TryGetDouble(out var number) || !double.IsFinite(number)))
                throw new JsonException($"The number at byte {reader.TokenStartIndex} is larger than a number can be.");
        }

        return null;
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
