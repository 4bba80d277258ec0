using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fabric.Workflows.Persistence.Rows;

/// <summary>UTC ticks, cut to the microsecond that PostgreSQL keeps.</summary>
internal sealed class TicksConverter() : ValueConverter<DateTimeOffset, long>(
    value => value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond),
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

/// <summary>UTC, cut to the microsecond that PostgreSQL keeps.</summary>
internal sealed class MicrosecondConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
    value => new DateTimeOffset(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
    value => value.ToUniversalTime());

/// <summary>Sixteen bytes in the order of the text, so that UUIDv7 sorts by time and an index stays small.</summary>
internal sealed class GuidBytesConverter() : ValueConverter<Guid, byte[]>(
    value => value.ToByteArray(true),
    bytes => new Guid(bytes, true));
