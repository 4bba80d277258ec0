using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Fabric.Workflows.Secrets;

/// <summary>An ES256 pair (P-256, SHA-256) with its key id: the thumbprint of RFC 7638. Safe for many threads.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa pair;
    private readonly Lock gate = new();

    private SigningKey(ECDsa pair)
    {
        this.pair = pair;
        var q = pair.ExportParameters(false).Q;
        PublicJwk = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(q.X)}}","y":"{{Base64Url.EncodeToString(q.Y)}}"}""";
        KeyId = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(PublicJwk)));
    }

    /// <summary><c>kid</c> of what it signs.</summary>
    public string KeyId { get; }

    /// <summary>The public half as a JWK, members in the order of RFC 7638.</summary>
    public string PublicJwk { get; }

    /// <summary>Signs with ES256: r and s, 32 bytes each, as JWS wants them.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        lock (gate)
            return pair.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Lends the pair to a signer of another format, one caller at a time; it must not keep it.</summary>
    public T Use<T>(Func<ECDsa, T> sign)
    {
        lock (gate)
            return sign(pair);
    }

    /// <summary>Whether <paramref name="signature"/> is this pair's over <paramref name="message"/>.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        lock (gate)
            return pair.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <inheritdoc/>
    public void Dispose() => pair.Dispose();

    internal static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    internal static SigningKey Load(byte[] pkcs8)
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(pkcs8, out _);
        return new SigningKey(pair);
    }

    internal byte[] Export() => pair.ExportPkcs8PrivateKey();
}
