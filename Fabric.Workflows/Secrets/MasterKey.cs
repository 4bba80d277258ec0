using System.Security.Cryptography;
using System.Text;

namespace Fabric.Workflows.Secrets;

/// <summary>Wraps the keys of cells. It is never in a database: who has only a database cannot read its secrets.</summary>
public sealed class MasterKey
{
    /// <summary>Bytes of the key.</summary>
    public const int Size = 32;

    private readonly byte[] key;

    /// <param name="key">32 random bytes.</param>
    /// <exception cref="ArgumentException">There are not 32 bytes.</exception>
    public MasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Size)
            throw new ArgumentException($"A master key is {Size} bytes, not {key.Length}.", nameof(key));
        this.key = key.ToArray();
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(this.key, "fabric master key id"u8).AsSpan(0, 8));
    }

    /// <summary>Names the key without telling it.</summary>
    public string Id { get; }

    /// <summary>Encrypts, bound to <paramref name="context"/>.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> plain, string context) => Sealing.Seal(key, plain, Encoding.UTF8.GetBytes(context));

    /// <summary>Decrypts what <see cref="Wrap"/> made with the same context.</summary>
    /// <exception cref="CryptographicException">Another key or context made it, or it was changed.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, string context) => Sealing.Open(key, wrapped, Encoding.UTF8.GetBytes(context));
}
