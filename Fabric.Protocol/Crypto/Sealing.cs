using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fabric.Protocol.Crypto;

/// <summary>Compact JWE with ECDH-ES (direct) and A256GCM on P-256 (RFC 7516, RFC 7518 §4.6 and §5.3).</summary>
public static class Sealing
{
    private const string Algorithm = "ECDH-ES";
    private const string Encryption = "A256GCM";
    private const int NonceBytes = 12, TagBytes = 16, KeyBits = 256;

    /// <summary>Seals to the holder of <paramref name="recipient"/>'s private half.</summary>
    /// <exception cref="CryptographicException">The key is not one to seal to.</exception>
    public static string Seal(ReadOnlySpan<byte> clear, Jwk recipient)
    {
        if (recipient.Fault("enc") is { } fault) throw new CryptographicException(fault);
        using var theirs = ECDiffieHellman.Create(recipient.ToParameters());
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = ephemeral.ExportParameters(false).Q;
        var header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new JoseHeader
        {
            Alg = Algorithm,
            Enc = Encryption,
            Kid = recipient.Kid,
            Epk = new("EC", "P-256", Base64Url.EncodeToString(q.X), Base64Url.EncodeToString(q.Y)),
        }, ProtocolJson.Default.JoseHeader));
        var key = DeriveKey(ephemeral.DeriveRawSecretAgreement(theirs.PublicKey), Encryption, [], [], KeyBits);
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var cipher = new byte[clear.Length];
        var tag = new byte[TagBytes];
        using (var gcm = new AesGcm(key, TagBytes)) gcm.Encrypt(nonce, clear, cipher, tag, Encoding.ASCII.GetBytes(header));
        CryptographicOperations.ZeroMemory(key);
        return $"{header}..{Base64Url.EncodeToString(nonce)}.{Base64Url.EncodeToString(cipher)}.{Base64Url.EncodeToString(tag)}";
    }

    /// <summary>The clear text, or null when it was not sealed to <paramref name="key"/> or was changed on the way.</summary>
    public static byte[]? Unseal(string compact, ECDiffieHellman key)
    {
        var parts = compact.Split('.');
        if (parts.Length != 5 || parts[1].Length != 0 || Jws.Header(parts[0]) is not { } header
            || header is not { Alg: Algorithm, Enc: Encryption, Crit: null, Epk: { Kty: "EC", Crv: "P-256" } epk }
            || !Jws.TryDecode(parts[2], out var nonce) || nonce.Length != NonceBytes
            || !Jws.TryDecode(parts[3], out var cipher)
            || !Jws.TryDecode(parts[4], out var tag) || tag.Length != TagBytes
            || !Jws.TryDecode(header.Apu ?? "", out var apu) || !Jws.TryDecode(header.Apv ?? "", out var apv)) return null;
        try
        {
            using var theirs = ECDiffieHellman.Create(Parameters(epk));
            var secret = DeriveKey(key.DeriveRawSecretAgreement(theirs.PublicKey), Encryption, apu, apv, KeyBits);
            var clear = new byte[cipher.Length];
            using var gcm = new AesGcm(secret, TagBytes);
            gcm.Decrypt(nonce, cipher, tag, clear, Encoding.ASCII.GetBytes(parts[0]));
            CryptographicOperations.ZeroMemory(secret);
            return clear;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Concat KDF with one round (NIST SP 800-56A §5.8.1 as RFC 7518 §4.6.2 uses it); <paramref name="keyBits"/> ≤ 256.</summary>
    public static byte[] DeriveKey(byte[] agreed, string algorithm, ReadOnlySpan<byte> apu, ReadOnlySpan<byte> apv, int keyBits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0, 0, 0, 1]);
        hash.AppendData(agreed);
        AppendWithLength(hash, Encoding.ASCII.GetBytes(algorithm));
        AppendWithLength(hash, apu);
        AppendWithLength(hash, apv);
        hash.AppendData(BigEndian(keyBits));
        CryptographicOperations.ZeroMemory(agreed);
        return hash.GetHashAndReset()[..(keyBits / 8)];
    }

    private static void AppendWithLength(IncrementalHash hash, ReadOnlySpan<byte> data)
    {
        hash.AppendData(BigEndian(data.Length));
        hash.AppendData(data);
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static ECParameters Parameters(EphemeralKey key) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
    };
}
