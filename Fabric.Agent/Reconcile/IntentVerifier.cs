using Fabric.Agent.Connection;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>A verdict on an intent: a payload to act on, or the reason why not.</summary>
/// <param name="Payload">As read; to be acted on only when <see cref="Trusted"/>.</param>
/// <param name="Reason">Empty when trusted.</param>
/// <param name="Message">For people.</param>
internal readonly record struct Verdict(IntentPayload? Payload, string Reason, string Message)
{
    public bool Trusted => Reason.Length == 0;

    /// <summary>A cancel of this very generation is there.</summary>
    public bool Cancelled { get; init; }
}

/// <summary>Decides what may be applied; pure. Asked on arrival and again at every apply.</summary>
internal static class IntentVerifier
{
    /// <summary>On arrival: only the current incarnation, nothing older than what is known.</summary>
    public static Verdict Arrived(string jws, AgentState state)
    {
        var verdict = Signed(jws, state);
        return verdict.Trusted && verdict.Payload!.Incarnation != state.Incarnation
            ? Refuse(verdict.Payload, ReportReasons.IncarnationMismatch, $"It is of incarnation {verdict.Payload.Incarnation}; this agent lives in {state.Incarnation}.")
            : verdict;
    }

    /// <summary>In the cluster: also that the object is the one the agent would have written.</summary>
    public static Verdict Found(IntentObject found, AgentState state)
    {
        if (found.Jws.Length == 0) return Refuse(null, ReportReasons.HandWritten, $"Intent {found.Name} carries no signature; only the control plane makes intents.");
        var verdict = Signed(found.Jws, state);
        if (!verdict.Trusted) return verdict;
        var payload = verdict.Payload!;

        // A copy under another name says nothing about the entity itself, whose own object may be in order.
        if (!found.Mirrors(payload))
            return Refuse(found.Name == IntentObject.NameFor(payload) ? payload : null, ReportReasons.HandWritten, $"Intent {found.Name} is not as the agent writes it for its signed content.");
        if (!state.Accepted.Contains(payload.Incarnation))
            return Refuse(payload, ReportReasons.IncarnationMismatch, $"It is of incarnation {payload.Incarnation}, which this agent never accepted.");
        var cancel = found.Cancel.Length == 0 ? default : SignedMessage.OpenCancel(found.Cancel, state.CellKeys);
        return verdict with
        {
            Cancelled = cancel is { IsTrusted: true, Value: { } value } && value.EntityId == payload.EntityId
                && value.AgentId == state.AgentId && value.Incarnation == payload.Incarnation && value.Generation == payload.Generation,
        };
    }

    private static Verdict Signed(string jws, AgentState state)
    {
        var opened = SignedMessage.OpenIntent(jws, state.CellKeys);
        if (opened.Fault != JwsFault.None)
            return Refuse(opened.Value, ReportReasons.InvalidSignature, $"The intent's signature is not the cell's ({opened.Fault}).");
        if (opened.Value is not { } payload)
            return Refuse(null, ReportReasons.Malformed, "The intent cannot be read.");
        if (payload.AgentId != state.AgentId)
            return Refuse(payload, ReportReasons.WrongAgent, "The intent is for another agent.");
        if (payload.Cell != state.Cell)
            return Refuse(payload, ReportReasons.WrongAgent, $"The intent is of cell {payload.Cell}; this agent belongs to {state.Cell}.");
        if (state.Ledger.TryGetValue(payload.EntityId, out var known)
            && (payload.Incarnation, payload.Generation).CompareTo((known.Incarnation, known.Generation)) < 0)
            return Refuse(payload, ReportReasons.StaleGeneration, $"Generation {payload.Generation} is older than {known.Generation}, which is known.");
        return new(payload, "", "");
    }

    private static Verdict Refuse(IntentPayload? payload, string reason, string message) => new(payload, reason, message);
}
