using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds;

/// <summary>
/// The token by which this server shows clouds who it is, in a file that its platform keeps fresh (a projected service-account token, say).
/// It is read at each use.
/// </summary>
internal static class OwnToken
{
    private const int Longest = 16 * 1024;

    /// <summary>The token that stands in the file now.</summary>
    /// <param name="file">The file; null when none is set.</param>
    /// <param name="key">The setting that names it.</param>
    /// <param name="ct">Stops reading.</param>
    public static async Task<Outcome<string>> ReadAsync(string? file, string key, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(file))
            return CloudFaults.Unprepared($"This server has no token of its own to show: its operator must set {key}.");
        try
        {
            var text = (await File.ReadAllTextAsync(file, ct)).Trim();
            return text.Length is > 0 and <= Longest ? text : CloudFaults.Unprepared($"The file that {key} names holds no token.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CloudFaults.Unprepared($"The file that {key} names cannot be read. Its operator must look at it.");
        }
    }

    /// <summary>When a token ends, UTC; null when it does not say.</summary>
    public static DateTimeOffset? EndOf(string token)
    {
        try
        {
            return token.Split('.') is [_, var body, _] && JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(body)) is JsonObject claims && claims["exp"] is JsonValue exp && exp.TryGetValue<long>(out var at)
                ? DateTimeOffset.FromUnixTimeSeconds(at)
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
