using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Fabric.Protocol.Crypto;

/// <summary>Claims of an agent's assertion; the table in PROTOCOL.md.</summary>
public sealed record AssertionClaims
{
    public required Guid Sub { get; init; }
    public required string Htm { get; init; }
    public required string Htu { get; init; }
    public required string Bh { get; init; }
    public required string Jti { get; init; }
    public required long Iat { get; init; }
    public required long Exp { get; init; }
}

/// <summary>Accepted claims, or the error code.</summary>
public readonly record struct AssertionResult(AssertionClaims? Claims, string? ErrorCode);

/// <summary>A short-lived JWT by the agent's own key, bound to one request.</summary>
public static class AgentAssertion
{
    /// <summary>Longest life.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>Clock difference the server allows.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>Signs for one request.</summary>
    public static string Create(
        ECDsa key, string keyId, Guid agentId, string method, string path, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var claims = new AssertionClaims
        {
            Sub = agentId,
            Htm = method,
            Htu = path,
            Bh = HashBody(body),
            Jti = Guid.CreateVersion7(now).ToString("N"),
            Iat = now.ToUnixTimeSeconds(),
            Exp = (now + Life).ToUnixTimeSeconds(),
        };
        return Jws.Sign(JsonSerializer.SerializeToUtf8Bytes(claims, ProtocolJson.Default.AssertionClaims), key, keyId, MessageTypes.Assertion);
    }

    /// <summary>Who it claims to be from, unverified: to find the key. Null when it cannot be read.</summary>
    public static Guid? ReadSubject(string token) => Read(Jws.ReadUnverified(token))?.Sub;

    /// <summary>Verifies against one request. The caller refuses a <c>jti</c> it has seen (until <c>exp</c> plus <see cref="Skew"/>).</summary>
    public static AssertionResult Verify(string token, Jwk key, string method, string path, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var verified = Jws.Verify(token, MessageTypes.Assertion, kid => kid == key.Kid ? key : null);
        if (verified.Fault != JwsFault.None || Read(verified.Payload) is not { } claims
            || claims.Htm != method || claims.Htu != path || claims.Bh != HashBody(body)
            || claims.Exp - claims.Iat > Life.TotalSeconds || claims.Exp < claims.Iat)
            return new(null, AgentErrorCodes.AssertionInvalid);
        var seconds = now.ToUnixTimeSeconds();
        return claims.Iat > seconds + Skew.TotalSeconds || claims.Exp < seconds - Skew.TotalSeconds
            ? new(null, AgentErrorCodes.ClockSkew)
            : new(claims, null);
    }

    private static string HashBody(ReadOnlySpan<byte> body) => Base64Url.EncodeToString(SHA256.HashData(body));

    private static AssertionClaims? Read(byte[]? payload)
    {
        if (payload is null) return null;
        try
        {
            return JsonSerializer.Deserialize(payload, ProtocolJson.Default.AssertionClaims);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
