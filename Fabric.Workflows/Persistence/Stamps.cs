using Fabric.Workflows.Audit;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Persistence;

/// <summary>Gives rows what only the commit can: their place in the cell's sequences and in the audit chain.</summary>
internal sealed class Stamps(CellHeads heads)
{
    /// <summary>The heads after the rows so far.</summary>
    public CellHeads Heads => heads with { EventSequence = events, IntentSequence = intents, AuditSequence = audits, AuditHash = auditHash };

    private long events = heads.EventSequence;
    private long intents = heads.IntentSequence;
    private long audits = heads.AuditSequence;
    private string auditHash = heads.AuditHash;

    /// <summary>Whether the row changes at commit.</summary>
    public static bool Applies(WriteKind kind, object row) =>
        kind != WriteKind.Remove && row is (RunEvent or AuditEvent or Intent { Sequence: 0 });

    /// <summary>The row as it is written.</summary>
    public object Give(object row)
    {
        switch (row)
        {
            case RunEvent e:
                return e with { Sequence = ++events };
            case Intent intent:
                return intent with { Sequence = ++intents };
            case AuditEvent audit:
                var chained = audit.Chained(++audits, auditHash);
                auditHash = chained.Hash;
                return chained;
            default:
                return row;
        }
    }
}
