using System.Globalization;
using System.Text.Json.Nodes;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile.Health;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>What a walk over an entity's waves found.</summary>
internal sealed class WaveWalk
{
    public List<ObjectReport> Objects { get; } = [];
    public List<DriftReport> Drift { get; } = [];
    public Dictionary<ObjectKey, JsonObject> Live { get; } = [];
    public int WavesDone { get; set; }
    public int WavesTotal { get; set; }

    /// <summary>Set when an object could not be brought to its state.</summary>
    public Ensured? Fault { get; set; }

    /// <summary>The first object that is not healthy; null when all are.</summary>
    public string? Unhealthy { get; set; }

    /// <summary>It is not only on its way: something gave up.</summary>
    public bool GaveUp { get; set; }

    public bool AllHealthy => Fault is null && Unhealthy is null && WavesDone == WavesTotal;
}

/// <summary>Applies waves in order; one starts when the one before is healthy.</summary>
internal sealed class WaveWalker(Applier applier, TimeProvider time)
{
    /// <param name="payload">The verified intent.</param>
    /// <param name="objects">Its objects in order.</param>
    /// <param name="completed">All waves have been healthy before: differences are drift, and no wave waits for another.</param>
    /// <param name="ct">Stops the walk between objects.</param>
    public async Task<WaveWalk> WalkAsync(IntentPayload payload, IReadOnlyList<DesiredObject> objects, bool completed, CancellationToken ct)
    {
        var walk = new WaveWalk();
        var waves = objects.GroupBy(o => o.Wave).ToList();
        walk.WavesTotal = waves.Count;
        foreach (var wave in waves)
        {
            var healthy = true;
            foreach (var desired in wave)
            {
                healthy &= await VisitAsync(walk, payload, desired, completed, ct);
                if (walk.Fault is not null) return walk;
            }

            if (healthy) walk.WavesDone++;
            else if (!completed && payload.Kind != IntentKind.Operation) return walk;
        }

        return walk;
    }

    private async Task<bool> VisitAsync(WaveWalk walk, IntentPayload payload, DesiredObject desired, bool completed, CancellationToken ct)
    {
        var ensured = await applier.EnsureAsync(payload, desired, ct);
        if (ensured.Outcome is Outcome.Rejected or Outcome.Unreachable)
        {
            walk.Fault = ensured;
            return false;
        }

        var state = ensured.Live is { } live ? HealthOf.Object(live, payload.Health) : new(ObjectHealth.Skipped, ensured.Message);
        if (ensured.Live is not null) walk.Live[desired.Key] = ensured.Live;
        if (completed && ensured.Repaired is { } fields)
            walk.Drift.Add(new() { Object = desired.Key.ToString(), Fields = fields, RepairedAt = time.GetUtcNow() });
        walk.Objects.Add(new()
        {
            Kind = desired.Key.Kind,
            Name = desired.Key.Name,
            Namespace = ensured.Live?["metadata"]?["namespace"]?.GetValue<string>(),
            Health = state.Health,
            Message = state.Message,
        });
        if (state.Health is ObjectHealth.Healthy or ObjectHealth.Skipped) return true;
        walk.Unhealthy ??= $"{desired.Key}: {state.Message}";
        walk.GaveUp |= state.Health == ObjectHealth.Degraded;
        return false;
    }

    /// <summary>Sentence about where a walk stands.</summary>
    public static string Describe(WaveWalk walk) => walk.Unhealthy is { } unhealthy
        ? string.Create(CultureInfo.InvariantCulture, $"Wave {Math.Min(walk.WavesDone + 1, walk.WavesTotal)} of {walk.WavesTotal}: {unhealthy}")
        : "";
}
