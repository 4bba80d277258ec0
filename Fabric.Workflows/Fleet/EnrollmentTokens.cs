using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Fabric.Workflows.Fleet;

/// <summary>One-time rights to enrol: <c>cell.secret</c>. The cell routes; only the hash of the whole is stored.</summary>
public static class EnrollmentTokens
{
    /// <summary>How long a token can be used: 15 minutes.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>A new token and the row that knows its hash.</summary>
    public static (string Token, Enrollment Row) Create(string cell, string tenant, Guid environmentId, DateTimeOffset now)
    {
        var token = $"{cell}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        return (token, new Enrollment
        {
            Id = Guid.CreateVersion7(now),
            Tenant = tenant,
            EnvironmentId = environmentId,
            TokenHash = Hash(token),
            CreatedAt = now,
            ExpiresAt = now + Life,
        });
    }

    /// <summary>SHA-256 of a token, hex.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The cell a token belongs to; null when it is none.</summary>
    public static string? CellOf(string token) => token.Split('.') is [{ Length: > 0 } cell, { Length: > 0 }] ? cell : null;
}
