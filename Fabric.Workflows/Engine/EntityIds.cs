using System.Security.Cryptography;
using System.Text;
using Fabric.Workflows.Environments;

namespace Fabric.Workflows.Engine;

/// <summary>Ids of entities that do not exist yet. A plan of one names it, and the run that is started on that plan makes that very one.</summary>
internal static class EntityIds
{
    /// <summary>A UUIDv7 that the same generation always gives the same node.</summary>
    public static Guid Of(Guid environment, Generation generation, string node)
    {
        Span<byte> bytes = stackalloc byte[16];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{environment:N}/{generation.Number}/{node}")).AsSpan(0, 16).CopyTo(bytes);
        Span<byte> time = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(time, generation.CreatedAt.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
