using System.Text.Json.Nodes;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Clouds;

/// <summary>How far the connection of an account has come.</summary>
public enum CloudAccountState
{
    /// <summary>Nobody looked yet.</summary>
    Unchecked,

    /// <summary>The last preflight passed what must pass.</summary>
    Connected,

    /// <summary>The last preflight did not.</summary>
    Failed,
}

/// <summary>An account (AWS), subscription (Azure) or project (Google) of a tenant that environments are made in.</summary>
public sealed record CloudAccount : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>Slug, unique in the tenant.</summary>
    public required string Name { get; init; }

    /// <summary><c>aws</c>, <c>azure</c> or <c>google</c>.</summary>
    public required string Cloud { get; init; }

    /// <summary>The cloud's own id: account number, subscription id or project id.</summary>
    public required string Account { get; init; }

    /// <summary>How Fabric signs in, without anything secret: the kind of sign-in and its fields.</summary>
    public required JsonObject SignIn { get; init; }

    /// <summary>The long-lived credential, sealed by the cell; null where sign-in needs none.</summary>
    public byte[]? Sealed { get; init; }

    /// <summary>Regions environments may be made in; empty for any.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>How far the connection has come.</summary>
    public CloudAccountState State { get; init; }

    /// <summary>What the last preflight found; null before the first.</summary>
    public JsonObject? Preflight { get; init; }

    /// <summary>When the last preflight ended, UTC.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC of the last change of any field.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
