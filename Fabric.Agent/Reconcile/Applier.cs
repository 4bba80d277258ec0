using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile.Health;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>What came of bringing one object to its desired state.</summary>
internal enum Outcome
{
    Present,
    Skipped,
    Waiting,
    Rejected,
    Unreachable,
}

/// <summary>The outcome with the object as it is now, and the fields that had to be put right (null: none).</summary>
internal readonly record struct Ensured(Outcome Outcome, JsonObject? Live, string Reason, string Message, IReadOnlyList<string>? Repaired = null)
{
    public static Ensured Fault(string reason, string message) => new(Outcome.Rejected, null, reason, message);

    public static Ensured Of(ClusterReply reply) => reply.Transient
        ? new(Outcome.Unreachable, null, ReportReasons.ClusterUnreachable, reply.Message)
        : Fault(ReportReasons.ApplyRejected, reply.Message);
}

/// <summary>
/// Brings single objects to their desired state by server-side apply. An object whose version was found right once is not asked about again,
/// so an idle entity costs one read per object.
/// </summary>
internal sealed class Applier(ICluster cluster, ECDiffieHellman sealingKey)
{
    /// <summary>How often an object is read while others go on writing it; then it is judged as it was read last.</summary>
    private const int Readings = 4;

    private readonly ConcurrentDictionary<ObjectKey, (string Version, string Content)> right = new();

    public Task<Ensured> EnsureAsync(IntentPayload payload, DesiredObject desired, CancellationToken ct) => EnsureAsync(payload, desired, Readings, ct);

    public static WriteOptions Options(IntentPayload payload, bool dryRun = false, string manager = IntentAnnotations.FieldManager) =>
        new(manager, dryRun, payload.ServiceAccount, payload.Namespace);

    private async Task<Ensured> EnsureAsync(IntentPayload payload, DesiredObject desired, int readings, CancellationToken ct)
    {
        var found = await cluster.FindKindAsync(desired.Key.ApiVersion, desired.Key.Kind, ct);
        if (found.Info is not { } kind) return found.Unknown ? Missing(desired) : Ensured.Of(found.Reply);
        var body = Manifest.BodyFor(desired, kind);
        if (desired.Key is { Kind: "Secret", ApiVersion: "v1" } && SecretText.Fill(body, name => Unseal(payload, name)) is { } sealedName)
            return Ensured.Fault(ReportReasons.UnsealFailed, $"{desired.Key}: the secret {sealedName} is missing or not sealed to this agent.");
        var live = await cluster.GetAsync(desired.Key, ct);
        if (live.NotFound) return await WriteAsync(payload, desired.Key, body, [], ct);
        if (live is not { Ok: true, Body: { } now }) return Ensured.Of(live);
        if (now["metadata"]?["deletionTimestamp"] is not null)
            return new(Outcome.Waiting, now, ReportReasons.Progressing, "It is being deleted; it is made anew after that.");
        if (Kube.Text(now["metadata"]?["labels"]?[IntentAnnotations.Entity]) is { Length: > 0 } owner && owner != payload.EntityId.ToString())
            return Ensured.Fault(ReportReasons.OwnedByAnother, $"{desired.Key} belongs to entity {owner}.");
        var content = CanonicalJson.Hash(body);
        if (right.TryGetValue(desired.Key, out var known) && known == (Version(now), content))
            return new(Outcome.Present, now, "", "");
        var would = await cluster.ApplyAsync(desired.Key, body, Options(payload, dryRun: true), ct);
        if (would is not { Ok: true, Body: { } applied }) return Ensured.Of(would);
        // Somebody wrote between the read and the answer: what they changed is no drift of ours.
        if (readings > 1 && Version(applied) != Version(now)) return await EnsureAsync(payload, desired, readings - 1, ct);
        var fields = Drift.Fields(now, applied);
        if (fields.Count > 0) return await WriteAsync(payload, desired.Key, body, fields, ct);
        right[desired.Key] = (Version(now), content);
        return new(Outcome.Present, now, "", "");
    }

    private static Ensured Missing(DesiredObject desired)
    {
        var message = $"The cluster does not know kind {desired.Key.Kind} of {desired.Key.ApiVersion}.";
        return desired.Optional
            ? new(Outcome.Skipped, null, ReportReasons.MissingKind, message + " Skipped, it is optional.")
            : Ensured.Fault(ReportReasons.MissingKind, $"{desired.Key}: {message}");
    }

    private async Task<Ensured> WriteAsync(
        IntentPayload payload, ObjectKey key, JsonObject body, IReadOnlyList<string> fields, CancellationToken ct)
    {
        var reply = await cluster.ApplyAsync(key, body, Options(payload), ct);
        if (reply is not { Ok: true, Body: { } applied }) return Ensured.Of(reply);
        right[key] = (Version(applied), CanonicalJson.Hash(body));
        return new(Outcome.Present, applied, "", "", fields);
    }

    private string? Unseal(IntentPayload payload, string name)
    {
        var found = payload.Secrets.FirstOrDefault(s => s.Name == name);
        return found is not null && Sealing.Unseal(found.Jwe, sealingKey) is { } clear ? Encoding.UTF8.GetString(clear) : null;
    }

    private static string Version(JsonObject live) => Kube.Text(live["metadata"]?["resourceVersion"]);
}
