using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Persistence;

/// <summary>What a cell is: one row.</summary>
public sealed record CellMeta
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; } = 1;

    /// <summary>Slug of the cell.</summary>
    public required string Cell { get; init; }

    /// <summary>Version of the stored form, from 1; raised when rows change in a way that migrations of tables do not show.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Unix milliseconds of creation or of the last restore: a restored cell has a newer one.</summary>
    public required long Incarnation { get; init; }

    /// <summary>Which master key wrapped <see cref="WrappedKeys"/>.</summary>
    public required string MasterKeyId { get; init; }

    /// <summary>The cell's own keys, sealed by the master key.</summary>
    public required byte[] WrappedKeys { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Heads of the cell's sequences: one row, locked by whoever commits.</summary>
public sealed record CellHeads
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; } = 1;

    /// <summary>Newest <c>RunEvent.Sequence</c>.</summary>
    public long EventSequence { get; init; }

    /// <summary>Newest <c>Intent.Sequence</c>.</summary>
    public long IntentSequence { get; init; }

    /// <summary>Newest <c>AuditEvent.Sequence</c>.</summary>
    public long AuditSequence { get; init; }

    /// <summary>Hash of the newest audit event; empty before the first.</summary>
    public string AuditHash { get; init; } = "";

    /// <summary>The last group of batches that was committed: tells, after a lost connection, whether a commit arrived.</summary>
    public Guid CommitId { get; init; }
}

/// <summary>The cell's own copy of a published blueprint version, so it works without the directory.</summary>
public sealed record CellBlueprint
{
    /// <summary>Blueprint name.</summary>
    public required string Name { get; init; }

    /// <summary>Published version.</summary>
    public required int Version { get; init; }

    /// <summary>Content hash, hex.</summary>
    public required string Hash { get; init; }

    /// <summary>The compiled version.</summary>
    public required string Json { get; init; }
}

/// <summary>The cell's own copy of an entity type at a version.</summary>
public sealed record CellEntityType
{
    /// <summary>Type name.</summary>
    public required string Name { get; init; }

    /// <summary>Semantic version.</summary>
    public required string Version { get; init; }

    /// <summary>Content hash, hex.</summary>
    public required string Hash { get; init; }

    /// <summary>The type.</summary>
    public required string Json { get; init; }
}

/// <summary>Answer to a write that named an idempotency key; a repeat gets the same answer.</summary>
public sealed record IdempotencyKey : ITenantOwned
{
    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Identifier of the caller: two callers may choose the same key.</summary>
    public required string ActorId { get; init; }

    /// <summary>The caller's key.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body, hex: the same key with another request is a fault.</summary>
    public required string RequestHash { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>Body of the answer, sealed: it may carry a token that is shown once.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The answer's <c>Location</c>; null when it had none.</summary>
    public string? Location { get; init; }

    /// <summary>UTC; kept for a day.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
