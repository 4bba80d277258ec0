using System.Security.Cryptography;
using System.Text;
using Fabric.Workflows.Tenancy;

namespace Fabric.Workflows.Audit;

/// <summary>
/// One change, or one look at a secret, in the cell's hash chain. <see cref="Sequence"/>, <see cref="PreviousHash"/> and
/// <see cref="Hash"/> are given by the journal at commit, in the same transaction as the change itself.
/// </summary>
public sealed record AuditEvent : ITenantOwned
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required string Tenant { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Identifier of the actor.</summary>
    public required string ActorId { get; init; }

    /// <summary>Name of the actor at the time.</summary>
    public required string ActorName { get; init; }

    /// <summary>Kind of the actor.</summary>
    public required ActorKind ActorKind { get; init; }

    /// <summary>Constant verb: <c>environment.create</c>, <c>run.approve</c> …</summary>
    public required string Action { get; init; }

    /// <summary>What was changed: <c>environment/{id}</c>, <c>run/{id}</c> …</summary>
    public required string Subject { get; init; }

    /// <summary>One sentence for people; never a secret.</summary>
    public required string Message { get; init; }

    /// <summary>Place in the cell's chain, from 1.</summary>
    public long Sequence { get; init; }

    /// <summary>Hash of the event before, hex; empty for the first.</summary>
    public string PreviousHash { get; init; } = "";

    /// <summary>SHA-256 over the event and <see cref="PreviousHash"/>, hex.</summary>
    public string Hash { get; init; } = "";

    /// <summary>An event that has no place in a chain yet.</summary>
    /// <param name="actor">Who made the change.</param>
    /// <param name="tenant">Whose thing was changed.</param>
    /// <param name="action">Constant verb.</param>
    /// <param name="subject">What was changed: kind and id.</param>
    /// <param name="message">One sentence for people; never a secret.</param>
    /// <param name="now">UTC.</param>
    public static AuditEvent Of(Actor actor, string tenant, string action, string subject, string message, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Tenant = tenant,
        At = now,
        ActorId = actor.Id,
        ActorName = actor.Name,
        ActorKind = actor.Kind,
        Action = action,
        Subject = subject,
        Message = message,
    };

    /// <summary>The event with its place in the chain.</summary>
    public AuditEvent Chained(long sequence, string previousHash)
    {
        var placed = this with { Sequence = sequence, PreviousHash = previousHash };
        return placed with { Hash = placed.ComputeHash() };
    }

    /// <summary>The hash this event ought to have.</summary>
    public string ComputeHash()
    {
        var text = string.Join('\u001f', PreviousHash, Sequence, Id, Tenant, At.UtcTicks / 10, ActorId, ActorName, ActorKind, Action, Subject, Message);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
