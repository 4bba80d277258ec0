using System.Security.Cryptography;
using System.Text.Json;

namespace Fabric.Workflows.Secrets;

/// <summary>
/// The keys of one cell: ES256 pairs it signs intents with, and AES-256-GCM keys its secrets are sealed by. The newest of each is
/// used; older ones stay to verify and open what they made.
/// </summary>
public sealed class CellKeys : IDisposable
{
    private const int IdBytes = 8;

    private readonly List<SigningKey> signing;
    private readonly List<DataKey> data;

    private CellKeys(List<SigningKey> signing, List<DataKey> data) => (this.signing, this.data) = (signing, data);

    /// <summary>The pair that signs now.</summary>
    public SigningKey Signing => signing[^1];

    /// <summary>Every pair, oldest first: what the cell signed before a rotation still verifies.</summary>
    public IReadOnlyList<SigningKey> AllSigning => signing;

    /// <summary>New keys for a new cell.</summary>
    public static CellKeys Create() => new([SigningKey.Create()], [DataKey.Create()]);

    /// <summary>Opens the keys of a cell.</summary>
    /// <exception cref="CryptographicException">The master key is another, or the bytes were changed.</exception>
    public static CellKeys Unwrap(MasterKey master, string cell, ReadOnlySpan<byte> wrapped)
    {
        var stored = JsonSerializer.Deserialize<Stored>(master.Unwrap(wrapped, Context(cell)))!;
        return new([.. stored.Signing.Select(SigningKey.Load)], [.. stored.Data.Select(bytes => new DataKey(bytes))]);
    }

    /// <summary>The keys as they are stored.</summary>
    public byte[] Wrap(MasterKey master, string cell) =>
        master.Wrap(JsonSerializer.SerializeToUtf8Bytes(new Stored([.. signing.Select(k => k.Export())], [.. data.Select(k => k.Bytes)])), Context(cell));

    /// <summary>Adds new keys, which are used from now on. The caller stores what <see cref="Wrap"/> then gives before using them.</summary>
    public CellKeys Rotated() => new([.. signing, SigningKey.Create()], [.. data, DataKey.Create()]);

    /// <summary>Encrypts for rest in this cell.</summary>
    /// <param name="plain">The value.</param>
    /// <param name="associated">What the value belongs to; opening needs the same.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated) =>
        [.. data[^1].Id, .. Sealing.Seal(data[^1].Bytes, plain, associated)];

    /// <summary>Decrypts what <see cref="Seal"/> made with the same association.</summary>
    /// <exception cref="CryptographicException">Another cell or association made it, or it was changed.</exception>
    public byte[] Unseal(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associated)
    {
        var id = sealedBytes.Length < IdBytes ? default : sealedBytes[..IdBytes];
        foreach (var key in data)
        {
            if (id.SequenceEqual(key.Id))
                return Sealing.Open(key.Bytes, sealedBytes[IdBytes..], associated);
        }

        throw new CryptographicException("The value was not sealed by a key of this cell.");
    }

    /// <inheritdoc/>
    public void Dispose() => signing.ForEach(key => key.Dispose());

    private static string Context(string cell) => "fabric cell keys " + cell;

    private sealed record Stored(byte[][] Signing, byte[][] Data);

    private sealed class DataKey(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public byte[] Id { get; } = SHA256.HashData(bytes)[..IdBytes];

        public static DataKey Create() => new(RandomNumberGenerator.GetBytes(MasterKey.Size));
    }
}
