using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fabric.Protocol.Sync;

/// <summary>One line of a digest: the newest intent of an entity.</summary>
public readonly record struct DigestEntry(Guid EntityId, long Generation, string ContentHash);

/// <summary>Fingerprint of a set of intents, equal on both sides when nothing was lost.</summary>
public static class SyncDigest
{
    /// <summary>SHA-256 hex over sorted lines; the order of <paramref name="entries"/> does not matter.</summary>
    public static string Compute(IEnumerable<DigestEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = entries.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.EntityId:D} {e.Generation} {e.ContentHash}\n"));
        foreach (var line in lines.Order(StringComparer.Ordinal)) hash.AppendData(Encoding.UTF8.GetBytes(line));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
