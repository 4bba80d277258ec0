using Fabric.Protocol.Crypto;
using Fabric.Protocol.Sync;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;

namespace Fabric.Web.AgentApi;

/// <summary>What a cell says of itself to agents that trust it already.</summary>
internal static class CellNotices
{
    /// <summary>Every newer key, signed by the one before it: an agent that trusts any of them comes to trust the newest.</summary>
    public static IReadOnlyList<string> Keys(Cell cell, TimeProvider time) =>
    [
        .. cell.Keys.AllSigning.Zip(cell.Keys.AllSigning.Skip(1), (older, newer) => older.Use(pair => SignedMessage.Sign(
            new CellKeyPayload { Cell = cell.Slug, Key = newer.Use(Jwk.OfSigning), IssuedAt = time.GetUtcNow() }, pair))),
    ];

    /// <summary>
    /// The way over to a restored cell: null until the agent's row names the new incarnation, which it does once a person accepted the difference.
    /// </summary>
    public static string? Incarnation(Cell cell, AgentRecord agent, SyncRequest request, TimeProvider time) =>
        agent.Incarnation != cell.Incarnation || request.Incarnation >= cell.Incarnation
            ? null
            : cell.Keys.Signing.Use(pair => SignedMessage.Sign(
                new IncarnationPayload { AgentId = agent.Id, Cell = cell.Slug, Previous = request.Incarnation, Current = cell.Incarnation, IssuedAt = time.GetUtcNow() }, pair));
}
