using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fabric.Protocol.Crypto;

/// <summary>Why a signed text was not accepted.</summary>
public enum JwsFault
{
    None,
    Malformed,
    WrongAlgorithm,
    WrongType,
    UnknownKey,
    BadSignature,
}

/// <summary>The verified payload, or the fault.</summary>
public readonly record struct JwsResult(byte[]? Payload, string? KeyId, JwsFault Fault);

/// <summary>Compact JWS with ES256 and nothing else (RFC 7515, RFC 7518 §3.4).</summary>
public static class Jws
{
    private const string Algorithm = "ES256";

    /// <summary>Signs <paramref name="payload"/>; <paramref name="type"/> becomes the header's <c>typ</c>.</summary>
    public static string Sign(ReadOnlySpan<byte> payload, ECDsa key, string keyId, string type)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(
            new JoseHeader { Alg = Algorithm, Kid = keyId, Typ = type }, ProtocolJson.Default.JoseHeader);
        var input = Base64Url.EncodeToString(header) + "." + Base64Url.EncodeToString(payload);
        var signature = key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);
        return input + "." + Base64Url.EncodeToString(signature);
    }

    /// <summary>Verifies with the key that <paramref name="findKey"/> has for the header's <c>kid</c>. Never throws for bad input.</summary>
    /// <param name="compact">The text.</param>
    /// <param name="type">The <c>typ</c> it must have; null for none.</param>
    /// <param name="findKey">Trusted key by name (empty when the header names none), or null.</param>
    public static JwsResult Verify(string compact, string? type, Func<string, Jwk?> findKey)
    {
        var parts = compact.Split('.');
        if (parts.Length != 3 || Header(parts[0]) is not { } header || !TryDecode(parts[1], out var payload)
            || !TryDecode(parts[2], out var signature)) return new(null, null, JwsFault.Malformed);
        if (header.Alg != Algorithm || header.Crit is not null) return new(null, header.Kid, JwsFault.WrongAlgorithm);
        if (header.Typ != type) return new(null, header.Kid, JwsFault.WrongType);
        if (findKey(header.Kid ?? "") is not { } jwk || jwk.Fault("sig") is not null)
            return new(null, header.Kid, JwsFault.UnknownKey);
        using var key = ECDsa.Create(jwk.ToParameters());
        var input = Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]);
        return key.VerifyData(input, signature, HashAlgorithmName.SHA256)
            ? new(payload, header.Kid, JwsFault.None)
            : new(null, header.Kid, JwsFault.BadSignature);
    }

    /// <summary>The payload without looking at the signature: for finding the right key, and for saying what was refused.</summary>
    public static byte[]? ReadUnverified(string compact)
    {
        var parts = compact.Split('.');
        return parts.Length == 3 && TryDecode(parts[1], out var payload) ? payload : null;
    }

    internal static JoseHeader? Header(string part)
    {
        if (!TryDecode(part, out var bytes)) return null;
        try
        {
            return JsonSerializer.Deserialize(bytes, ProtocolJson.Default.JoseHeader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text)) return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }
}
