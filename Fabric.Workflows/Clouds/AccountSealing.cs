using System.Text;
using Fabric.Workflows.Secrets;

namespace Fabric.Workflows.Clouds;

/// <summary>Credentials of accounts at rest: bound to tenant and account, so that one put into another row does not open.</summary>
internal static class AccountSealing
{
    public static byte[]? Seal(CellKeys keys, string tenant, Guid id, string? secret) =>
        secret is null ? null : keys.Seal(Encoding.UTF8.GetBytes(secret), Association(tenant, id));

    /// <exception cref="System.Security.Cryptography.CryptographicException">Other keys, or another row's.</exception>
    public static OpenedAccount Open(this CloudAccount row, CellKeys keys) =>
        new(row, row.Sealed is { } bytes ? Encoding.UTF8.GetString(keys.Unseal(bytes, Association(row.Tenant, row.Id))) : null);

    private static byte[] Association(string tenant, Guid id) => Encoding.UTF8.GetBytes($"cloud-account/{tenant}/{id:D}");
}
