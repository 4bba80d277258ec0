using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Executors.Terraform.State;

/// <summary>What Fabric reads of a state's text; the text itself stays as Terraform wrote it.</summary>
/// <param name="Lineage">Lineage.</param>
/// <param name="Serial">Serial.</param>
/// <param name="Resources">Instances of managed resources.</param>
/// <param name="Hash">SHA-256 of the text, hex.</param>
public sealed record StateText(string Lineage, long Serial, int Resources, string Hash)
{
    private const int Format = 4;

    /// <summary>Reads a state.</summary>
    /// <returns>What it says; null when the text is no whole state of a format that is known.</returns>
    public static StateText? Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("version", out var version) || version.GetInt32() != Format)
                return null;
            var lineage = root.GetProperty("lineage").GetString();
            var serial = root.GetProperty("serial").GetInt64();
            var resources = root.TryGetProperty("resources", out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().Sum(Instances) : 0;
            return string.IsNullOrEmpty(lineage) || serial < 0 ? null : new StateText(lineage, serial, resources, HashOf(text.Span));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads what Terraform left on its disk. One that could not ask what stands gives its first state no lineage and the serial 0; it gets
    /// both here, as it would have when it was first written.
    /// </summary>
    /// <param name="text">What it left.</param>
    /// <param name="lineage">The lineage to give, the same whenever the same is read.</param>
    /// <returns>What it says, and the text that is to be kept; null when it is no whole state.</returns>
    public static (StateText State, byte[] Text)? ReadLeft(byte[] text, Guid lineage)
    {
        if (Read(text) is { } whole)
            return (whole, text);
        if (Parse(text) is not { } left || left["lineage"]?.ToString() is { Length: > 0 })
            return null;
        left["lineage"] = lineage.ToString();
        left["serial"] = 1;
        var begun = JsonSerializer.SerializeToUtf8Bytes(left);
        return Read(begun) is { } state ? (state, begun) : null;
    }

    /// <summary>The same state with a higher serial.</summary>
    public static (StateText State, byte[] Text) Raise(byte[] text, long serial)
    {
        var raised = JsonNode.Parse(text)!.AsObject();
        raised["serial"] = serial;
        var body = JsonSerializer.SerializeToUtf8Bytes(raised);
        return (Read(body)!, body);
    }

    private static JsonObject? Parse(byte[] text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>SHA-256, hex.</summary>
    public static string HashOf(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));

    private static int Instances(JsonElement resource) =>
        resource.GetProperty("mode").GetString() == "managed" && resource.TryGetProperty("instances", out var instances) ? instances.GetArrayLength() : 0;
}
