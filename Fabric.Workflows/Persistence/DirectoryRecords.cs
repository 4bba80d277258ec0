using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Persistence;

/// <summary>A customer organisation, or the vendor.</summary>
public sealed record TenantRecord
{
    /// <summary>The tenant.</summary>
    public required string Slug { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A person's place in a tenant.</summary>
public sealed record Member : ITenantOwned
{
    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Stable identifier at the issuer.</summary>
    public required string Subject { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What the person may do.</summary>
    public required Role Role { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Whether a cell takes new environments.</summary>
public enum CellState
{
    /// <summary>Takes new environments.</summary>
    Open,

    /// <summary>Keeps what it has and takes nothing new.</summary>
    Draining,
}

/// <summary>A cell as the directory knows it.</summary>
public sealed record CellRecord
{
    /// <summary>Slug of the cell.</summary>
    public required string Slug { get; init; }

    /// <summary><c>Sqlite</c> or <c>Postgres</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Where it stands, for people; empty when that means nothing.</summary>
    public string Region { get; init; } = "";

    /// <summary>Whether it takes new environments.</summary>
    public CellState State { get; init; } = CellState.Open;

    /// <summary>Incarnation when it was opened last.</summary>
    public required long Incarnation { get; init; }
}

/// <summary>How far a name is taken.</summary>
public enum PlaceState
{
    /// <summary>The name is taken; the cell may not have the environment yet.</summary>
    Reserved,

    /// <summary>The cell has the environment.</summary>
    Confirmed,

    /// <summary>The environment was destroyed: its history is found by its id, and its name is free.</summary>
    Released,
}

/// <summary>Which environment lives in which cell. The row stays when the environment is gone, so that its history can be read.</summary>
public sealed record EnvironmentPlace : ITenantOwned
{
    /// <summary>The environment.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Slug, unique in the tenant while the place is taken.</summary>
    public required string Name { get; init; }

    /// <summary>Slug of the cell.</summary>
    public required string Cell { get; init; }

    /// <summary>How far it is.</summary>
    public required PlaceState State { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ReservedAt { get; init; }
}

/// <summary>An API token; the token itself is shown once and never stored.</summary>
public sealed record ApiToken : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token, hex.</summary>
    public required string Hash { get; init; }

    /// <summary>What its bearer may do.</summary>
    public required Role Role { get; init; }

    /// <summary>What it is for: <c>environments:read</c>, <c>runs:write</c> …; empty for all its role may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Name of who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>UTC, to the minute; null when never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>UTC; null while it holds.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>Head of the directory's audit chain: one row, locked by whoever writes.</summary>
public sealed record DirectoryHead
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; } = 1;

    /// <summary>Newest <c>AuditEvent.Sequence</c>.</summary>
    public long AuditSequence { get; init; }

    /// <summary>Hash of the newest audit event; empty before the first.</summary>
    public string AuditHash { get; init; } = "";
}
