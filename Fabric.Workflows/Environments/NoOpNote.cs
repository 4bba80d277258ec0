using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fabric.Workflows.Environments;

/// <summary>Who answers for a no-op flag on a live environment, why it is there, and until when.</summary>
/// <param name="Owner">Name of the person or team.</param>
/// <param name="Reason">In their words.</param>
/// <param name="ExpiresAt">UTC; after it the flag is called out and nothing else happens. Null for no end.</param>
public sealed record NoOpNote(string Owner, string Reason, DateTimeOffset? ExpiresAt)
{
    /// <summary>The notes of a generation by node.</summary>
    public static IReadOnlyDictionary<string, NoOpNote> Of(JsonObject? stored) => stored is null
        ? new Dictionary<string, NoOpNote>()
        : stored.Where(pair => pair.Value is JsonObject).ToDictionary(pair => pair.Key, pair => pair.Value.Deserialize<NoOpNote>(JsonSerializerOptions.Web)!, StringComparer.Ordinal);

    /// <summary>Nodes whose flag has expired.</summary>
    public static IReadOnlyList<string> Expired(JsonObject? stored, DateTimeOffset now) =>
        [.. Of(stored).Where(pair => pair.Value.ExpiresAt <= now).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    /// <summary>The notes of the flags in <paramref name="now"/>: those that stay keep theirs, new ones get <paramref name="note"/>.</summary>
    public static JsonObject? Carry(JsonObject? before, IReadOnlyList<string> flagged, IReadOnlyList<string> now, NoOpNote? note)
    {
        var kept = new JsonObject();
        foreach (var node in now)
        {
            if (flagged.Contains(node) && before?[node] is { } old)
                kept[node] = old.DeepClone();
            else if (!flagged.Contains(node) && note is not null)
                kept[node] = JsonSerializer.SerializeToNode(note, JsonSerializerOptions.Web);
        }

        return kept.Count == 0 ? null : kept;
    }
}
