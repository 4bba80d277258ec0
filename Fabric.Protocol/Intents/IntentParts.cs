using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fabric.Protocol.Intents;

/// <summary>A secret sealed to the agent.</summary>
/// <param name="Name">The name in <c>${secret.name}</c>.</param>
/// <param name="Jwe">RFC 7516 compact serialisation, ECDH-ES and A256GCM; the clear text is UTF-8.</param>
public sealed record SealedSecret(string Name, string Jwe);

/// <summary>Names one object, or by kind alone all objects of the entity of that kind.</summary>
public sealed record ObjectRef
{
    public required string ApiVersion { get; init; }
    public required string Kind { get; init; }
    public string? Name { get; init; }
}

/// <summary>A custom health condition: a status condition by type, or a value at a path.</summary>
public sealed record HealthRule
{
    public required ObjectRef Target { get; init; }

    /// <summary>Type of a status condition, such as <c>Ready</c>.</summary>
    public string? Condition { get; init; }

    /// <summary>Status the condition must have.</summary>
    public string ConditionStatus { get; set; } = "True";

    /// <summary>Dotted path, such as <c>status.phase</c>; used when <see cref="Condition"/> is null.</summary>
    public string? Path { get; init; }

    /// <summary>Text the value at <see cref="Path"/> must have.</summary>
    public string? Value { get; init; }
}

/// <summary>An output read from the cluster: the value at a dotted path of one object.</summary>
public sealed record OutputRule
{
    public required string Name { get; init; }
    public required ObjectRef Target { get; init; }
    public required string Path { get; init; }
}

/// <summary>What an operation step does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OperationStepType>))]
public enum OperationStepType
{
    [JsonStringEnumMemberName("patch")] Patch,
    [JsonStringEnumMemberName("job")] Job,
    [JsonStringEnumMemberName("wait")] Wait,
}

/// <summary>How a patch is merged.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PatchType>))]
public enum PatchType
{
    [JsonStringEnumMemberName("merge")] Merge,
    [JsonStringEnumMemberName("strategic")] Strategic,
}

/// <summary>One step of an operation.</summary>
public sealed record OperationStep
{
    public required OperationStepType Type { get; init; }

    /// <summary>Patch: the objects of this entity to patch.</summary>
    public ObjectRef? Target { get; init; }

    /// <summary>Patch: the body.</summary>
    public JsonElement? Patch { get; init; }

    public PatchType PatchType { get; set; } = PatchType.Merge;

    /// <summary>Job: the <c>batch/v1</c> Job; it runs to its end and is deleted after the operation.</summary>
    public JsonElement? Job { get; init; }

    /// <summary>Wait: seconds to let pass; null to wait until the entity is healthy.</summary>
    public int? WaitSeconds { get; init; }

    /// <summary>Seconds until the step has failed.</summary>
    public int TimeoutSeconds { get; set; } = 600;
}

/// <summary>A named operation with its steps; runs once per generation.</summary>
public sealed record OperationSpec
{
    public required string Name { get; init; }
    public required IReadOnlyList<OperationStep> Steps { get; init; }
}
