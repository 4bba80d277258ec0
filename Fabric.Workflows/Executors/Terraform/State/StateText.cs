using System.Security.Cryptography;
using System.Text.Json;

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

    /// <summary>SHA-256, hex.</summary>
    public static string HashOf(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));

    private static int Instances(JsonElement resource) =>
        resource.GetProperty("mode").GetString() == "managed" && resource.TryGetProperty("instances", out var instances) ? instances.GetArrayLength() : 0;
}
