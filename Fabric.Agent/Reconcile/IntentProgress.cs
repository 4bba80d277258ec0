using System.Text.Json.Serialization;
using Fabric.Agent.Kubernetes;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>One object the entity has in the cluster, in the order it was applied.</summary>
internal sealed record InventoryEntry(string ApiVersion, string Kind, string? Namespace, string Name, int Wave)
{
    [JsonIgnore]
    public ObjectKey Key => new(ApiVersion, Kind, Namespace, Name);

    public static InventoryEntry Of(DesiredObject desired) =>
        new(desired.Key.ApiVersion, desired.Key.Kind, desired.Key.Namespace, desired.Key.Name, desired.Wave);
}

/// <summary>A condition as Kubernetes shows them.</summary>
internal sealed record IntentCondition(string Type, string Status, string Reason, string Message, DateTimeOffset LastTransitionTime);

/// <summary>Status of an <c>Intent</c> object: what a restarted agent goes on from. It is a memory, never an authority: nothing is signed in it.</summary>
internal sealed record IntentProgress
{
    public long ObservedGeneration { get; init; }
    public long ObservedIncarnation { get; init; }
    public ReportStatus Health { get; set; } = ReportStatus.Received;
    public string Reason { get; set; } = "";
    public string Message { get; set; } = "";
    public int WavesDone { get; init; }
    public int WavesTotal { get; init; }

    /// <summary>All waves of the observed generation have been healthy once; from then on a difference is drift.</summary>
    public bool Completed { get; init; }

    /// <summary>Operation steps done.</summary>
    public int StepsDone { get; init; }

    /// <summary>UTC start of the step in progress.</summary>
    public DateTimeOffset? StepStartedAt { get; init; }

    public IReadOnlyList<InventoryEntry> Inventory { get; set; } = [];
    public IReadOnlyList<IntentCondition> Conditions { get; set; } = [];

    /// <summary>The start of a new generation: what the entity has stays known.</summary>
    public IntentProgress For(long incarnation, long generation) =>
        (ObservedIncarnation, ObservedGeneration) == (incarnation, generation)
            ? this
            : new() { ObservedIncarnation = incarnation, ObservedGeneration = generation, Inventory = Inventory, Conditions = Conditions };

    /// <summary>Adds what is not there yet.</summary>
    public IntentProgress Holding(IEnumerable<InventoryEntry> entries)
    {
        var known = Inventory.Select(e => e.Key).ToHashSet();
        var added = entries.Where(e => known.Add(e.Key)).ToList();
        return added.Count == 0 ? this : this with { Inventory = [.. Inventory, .. added] };
    }
}

/// <summary>What one look at one entity came to.</summary>
internal sealed record PassResult(IntentProgress Progress, TimeSpan Look)
{
    public IReadOnlyList<ObjectReport> Objects { get; set; } = [];
    public IReadOnlyList<DriftReport> Drift { get; set; } = [];
    public IReadOnlyDictionary<string, string>? Outputs { get; init; }
}
