using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Protocol.Crypto;

namespace Fabric.Protocol.Intents;

/// <summary>The part of an intent that changes the cluster, and its hash.</summary>
public static class IntentContent
{
    private static readonly string[] Parts =
        ["kind", "namespace", "serviceAccount", "objects", "health", "operation", "outputs", "prune"];

    /// <summary>SHA-256 hex over the canonical JSON of the content; what is in <see cref="IntentPayload.ContentHash"/> does not matter.</summary>
    public static string Hash(IntentPayload payload)
    {
        var whole = JsonSerializer.SerializeToNode(payload, ProtocolJson.Default.IntentPayload)!.AsObject();
        var content = new JsonObject();
        foreach (var part in Parts)
            if (whole[part] is { } value) content[part] = value.DeepClone();
        return CanonicalJson.Hash(content);
    }

    /// <summary>The payload with its own hash filled in.</summary>
    public static IntentPayload WithHash(IntentPayload payload) => payload with { ContentHash = Hash(payload) };
}
