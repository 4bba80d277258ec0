using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Fabric.Protocol.Crypto;

/// <summary>A public P-256 key, RFC 7517. Private halves never take this form.</summary>
public sealed record Jwk
{
    public required string Kty { get; init; }
    public required string Crv { get; init; }
    public required string X { get; init; }
    public required string Y { get; init; }

    /// <summary>Name; its RFC 7638 thumbprint.</summary>
    public required string Kid { get; init; }

    /// <summary><c>sig</c> or <c>enc</c>.</summary>
    public required string Use { get; init; }

    /// <summary>The public half of a signing key.</summary>
    public static Jwk OfSigning(ECDsa key) => Of(key.ExportParameters(false), "sig");

    /// <summary>The public half of a sealing key.</summary>
    public static Jwk OfSealing(ECDiffieHellman key) => Of(key.ExportParameters(false), "enc");

    /// <summary>RFC 7638, SHA-256, base64url.</summary>
    public string Thumbprint() => Base64Url.EncodeToString(SHA256.HashData(
        Encoding.UTF8.GetBytes($$"""{"crv":"{{Crv}}","kty":"{{Kty}}","x":"{{X}}","y":"{{Y}}"}""")));

    /// <summary>Why this key cannot be used for <paramref name="use"/>, or null.</summary>
    public string? Fault(string use)
    {
        if (Kty != "EC" || Crv != "P-256") return "The key is not an EC key on P-256.";
        if (Use != use) return $"The key's use is not {use}.";
        if (Kid != Thumbprint()) return "The key's name is not its thumbprint.";
        try
        {
            using var key = ECDsa.Create(ToParameters());
            return null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return "The key is not a point on P-256.";
        }
    }

    /// <summary>As .NET wants it.</summary>
    /// <exception cref="FormatException">A coordinate is not base64url.</exception>
    public ECParameters ToParameters() => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) },
    };

    private static Jwk Of(ECParameters key, string use)
    {
        var jwk = new Jwk
        {
            Kty = "EC", Crv = "P-256", Kid = "", Use = use,
            X = Base64Url.EncodeToString(key.Q.X), Y = Base64Url.EncodeToString(key.Q.Y),
        };
        return jwk with { Kid = jwk.Thumbprint() };
    }
}
