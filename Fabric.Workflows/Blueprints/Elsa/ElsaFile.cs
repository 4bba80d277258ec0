using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Reads the bytes: nothing is built of a file that is larger or nested deeper than an honest one.</summary>
internal static class ElsaFile
{
    /// <summary>Levels of JSON.</summary>
    public const int MaxDepth = 64;

    private static readonly byte[] Mark = [0xef, 0xbb, 0xbf];

    public static JsonObject? Read(ReadOnlyMemory<byte> bytes, ElsaFindings findings)
    {
        if (bytes.Length > ElsaImport.LargestFile)
        {
            findings.Fatal(ElsaFindingCodes.TooLarge, "$", $"The file has {bytes.Length} bytes; at most {ElsaImport.LargestFile} are read. Split the workflow.");
            return null;
        }

        if (bytes.Span.StartsWith(Mark))
            bytes = bytes[Mark.Length..];
        try
        {
            if (!IsFlat(bytes.Span, findings))
                return null;
            var root = JsonNode.Parse(bytes.Span, null, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
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

    // The reader keeps no stack of its own, so any depth can be looked at.
    private static bool IsFlat(ReadOnlySpan<byte> bytes, ElsaFindings findings)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (reader.CurrentDepth < MaxDepth)
                continue;
            findings.Fatal(ElsaFindingCodes.TooLarge, "$", $"The file nests deeper than {MaxDepth} levels at byte {reader.TokenStartIndex}; flatten it.");
            return false;
        }

        return true;
    }
}
