using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Sync;

namespace Fabric.Protocol.Crypto;

/// <summary>A message as read from a JWS; <see cref="Value"/> is set even when it was refused but could be read.</summary>
/// <param name="Value">The payload; to be acted on only when <see cref="IsTrusted"/>.</param>
/// <param name="Fault">What is wrong with the signature; none, and yet no value, when the cell signed something we cannot read.</param>
public readonly record struct Opened<T>(T? Value, JwsFault Fault) where T : class
{
    /// <summary>True when signed by a trusted key and readable.</summary>
    public bool IsTrusted => Fault == JwsFault.None && Value is not null;
}

/// <summary>The four things a cell signs for its agents. The name of a key is its thumbprint.</summary>
public static class SignedMessage
{
    public static SignedIntent Sign(IntentPayload payload, ECDsa cellKey) =>
        new(Sign(payload, ProtocolJson.Default.IntentPayload, cellKey, MessageTypes.Intent));

    public static string Sign(CancelPayload payload, ECDsa cellKey) =>
        Sign(payload, ProtocolJson.Default.CancelPayload, cellKey, MessageTypes.Cancel);

    /// <summary>Signs a new cell key with an old one.</summary>
    public static string Sign(CellKeyPayload payload, ECDsa oldCellKey) =>
        Sign(payload, ProtocolJson.Default.CellKeyPayload, oldCellKey, MessageTypes.Key);

    public static string Sign(IncarnationPayload payload, ECDsa cellKey) =>
        Sign(payload, ProtocolJson.Default.IncarnationPayload, cellKey, MessageTypes.Incarnation);

    public static Opened<IntentPayload> OpenIntent(string jws, IReadOnlyCollection<Jwk> trusted) =>
        Open(jws, ProtocolJson.Default.IntentPayload, MessageTypes.Intent, trusted);

    public static Opened<CancelPayload> OpenCancel(string jws, IReadOnlyCollection<Jwk> trusted) =>
        Open(jws, ProtocolJson.Default.CancelPayload, MessageTypes.Cancel, trusted);

    public static Opened<CellKeyPayload> OpenKey(string jws, IReadOnlyCollection<Jwk> trusted) =>
        Open(jws, ProtocolJson.Default.CellKeyPayload, MessageTypes.Key, trusted);

    public static Opened<IncarnationPayload> OpenIncarnation(string jws, IReadOnlyCollection<Jwk> trusted) =>
        Open(jws, ProtocolJson.Default.IncarnationPayload, MessageTypes.Incarnation, trusted);

    private static string Sign<T>(T payload, JsonTypeInfo<T> json, ECDsa key, string type) =>
        Jws.Sign(JsonSerializer.SerializeToUtf8Bytes(payload, json), key, Jwk.OfSigning(key).Kid, type);

    private static Opened<T> Open<T>(string jws, JsonTypeInfo<T> json, string type, IReadOnlyCollection<Jwk> trusted) where T : class
    {
        var verified = Jws.Verify(jws, type, kid => trusted.FirstOrDefault(k => k.Kid == kid));
        var payload = verified.Payload ?? Jws.ReadUnverified(jws);
        try
        {
            return new(payload is null ? null : JsonSerializer.Deserialize(payload, json), verified.Fault);
        }
        catch (JsonException)
        {
            return new(null, verified.Fault);
        }
    }
}
