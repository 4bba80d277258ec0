using System.Text.Json.Serialization;

namespace Fabric.Protocol.Reports;

/// <summary>What has become of an intent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportStatus>))]
public enum ReportStatus
{
    [JsonStringEnumMemberName("received")] Received,
    [JsonStringEnumMemberName("applying")] Applying,
    [JsonStringEnumMemberName("healthy")] Healthy,
    [JsonStringEnumMemberName("degraded")] Degraded,
    [JsonStringEnumMemberName("failed")] Failed,
    [JsonStringEnumMemberName("removed")] Removed,
    [JsonStringEnumMemberName("refused")] Refused,
    [JsonStringEnumMemberName("unassigned")] Unassigned,
}

/// <summary>Constant reasons. <see cref="IsTerminal"/>: the generation will not get there by waiting.</summary>
public static class ReportReasons
{
    public const string InvalidSignature = nameof(InvalidSignature);
    public const string Malformed = nameof(Malformed);
    public const string WrongAgent = nameof(WrongAgent);
    public const string StaleGeneration = nameof(StaleGeneration);
    public const string IncarnationMismatch = nameof(IncarnationMismatch);
    public const string HandWritten = nameof(HandWritten);
    public const string ForeignNamespace = nameof(ForeignNamespace);
    public const string OwnedByAnother = nameof(OwnedByAnother);
    public const string ApplyRejected = nameof(ApplyRejected);
    public const string ClusterUnreachable = nameof(ClusterUnreachable);
    public const string Unhealthy = nameof(Unhealthy);
    public const string Progressing = nameof(Progressing);
    public const string DriftRepaired = nameof(DriftRepaired);
    public const string UnsealFailed = nameof(UnsealFailed);
    public const string MissingKind = nameof(MissingKind);
    public const string OperationFailed = nameof(OperationFailed);
    public const string Cancelled = nameof(Cancelled);
    public const string Removing = nameof(Removing);
    public const string Unassigned = nameof(Unassigned);

    /// <summary>True when only a new generation or a person can help.</summary>
    public static bool IsTerminal(ReportStatus status) =>
        status is ReportStatus.Failed or ReportStatus.Refused or ReportStatus.Removed;
}

/// <summary>Health of one object.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ObjectHealth>))]
public enum ObjectHealth
{
    [JsonStringEnumMemberName("healthy")] Healthy,
    [JsonStringEnumMemberName("progressing")] Progressing,
    [JsonStringEnumMemberName("degraded")] Degraded,
    [JsonStringEnumMemberName("missing")] Missing,
    [JsonStringEnumMemberName("skipped")] Skipped,
}

/// <summary>One object of an entity as the agent sees it.</summary>
public sealed record ObjectReport
{
    public required string Kind { get; init; }
    public required string Name { get; init; }

    /// <summary>Null for objects of the cluster.</summary>
    public string? Namespace { get; init; }

    public required ObjectHealth Health { get; init; }

    /// <summary>For people.</summary>
    public string? Message { get; init; }
}

/// <summary>A difference that somebody made and the agent repaired.</summary>
public sealed record DriftReport
{
    /// <summary><c>Kind/name</c>.</summary>
    public required string Object { get; init; }

    /// <summary>Dotted paths of the fields; empty when the object had been deleted.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>UTC of the repair.</summary>
    public required DateTimeOffset RepairedAt { get; init; }
}

/// <summary>What the agent says about one entity.</summary>
public sealed record Report
{
    /// <summary>Empty when a refused object names none.</summary>
    public required Guid EntityId { get; init; }

    public required long Generation { get; init; }

    /// <summary>Ascending per agent; a lower one that comes later is dropped.</summary>
    public required long Sequence { get; init; }

    public required ReportStatus Status { get; init; }

    /// <summary>One of <see cref="ReportReasons"/>, or empty.</summary>
    public string Reason { get; set; } = "";

    /// <summary>For people; Kubernetes' own sentence where it refused.</summary>
    public string Message { get; set; } = "";

    /// <summary>UTC.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    public int WavesDone { get; init; }
    public int WavesTotal { get; init; }
    public IReadOnlyList<ObjectReport> Objects { get; set; } = [];
    public IReadOnlyList<DriftReport> Drift { get; set; } = [];

    /// <summary>Values of the intent's output rules; present with <see cref="ReportStatus.Healthy"/>.</summary>
    public IReadOnlyDictionary<string, string>? Outputs { get; init; }
}
