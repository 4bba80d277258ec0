namespace Fabric.Workflows.Persistence;

/// <summary>A blueprint's draft. The text is the truth.</summary>
public sealed record BlueprintRecord
{
    /// <summary>Slug of the blueprint.</summary>
    public required string Name { get; init; }

    /// <summary>The draft, byte for byte.</summary>
    public required string Draft { get; init; }

    /// <summary>Raised by each change of the draft; the value of <c>If-Match</c>.</summary>
    public required int DraftVersion { get; init; }

    /// <summary>UTC of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Identifier of the actor who changed it last.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>Number of the newest <see cref="DraftStep"/> that is in the text; those above it were undone.</summary>
    public int StepsDone { get; init; }
}

/// <summary>One change of a draft as undo sees it: the span of the text that it replaced.</summary>
public sealed record DraftStep
{
    /// <summary>Slug of the blueprint.</summary>
    public required string Name { get; init; }

    /// <summary>From 1, ascending without gaps above the oldest that is kept.</summary>
    public required int Number { get; init; }

    /// <summary>What undo calls it: <c>Add storage</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Changes with the same key in quick succession are one step; null for one that stands alone.</summary>
    public string? MergeKey { get; init; }

    /// <summary>Offset of the span in UTF-16 units.</summary>
    public required int Start { get; init; }

    /// <summary>What stood there before.</summary>
    public required string Removed { get; init; }

    /// <summary>What stands there after.</summary>
    public required string Inserted { get; init; }

    /// <summary>UTC of the last change in it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Name of who made it.</summary>
    public required string By { get; init; }
}

/// <summary>Whether a published version is to be used.</summary>
public enum VersionStage
{
    /// <summary>Anybody may create environments from it and upgrade to it.</summary>
    Published,

    /// <summary>Environments keep it; nothing new should start on it, and whoever does is told.</summary>
    Deprecated,

    /// <summary>No environment uses it and none may.</summary>
    Retired,
}

/// <summary>A published version. What it says is immutable; its stage is not.</summary>
public sealed record BlueprintVersionRecord
{
    /// <summary>Slug of the blueprint.</summary>
    public required string Name { get; init; }

    /// <summary>From 1, ascending.</summary>
    public required int Version { get; init; }

    /// <summary>The text that was published, byte for byte.</summary>
    public required string Yaml { get; init; }

    /// <summary>The compiled version: types resolved to exact versions and hashes.</summary>
    public required string Json { get; init; }

    /// <summary>Content hash, hex SHA-256.</summary>
    public required string Hash { get; init; }

    /// <summary>Why, in the publisher's words; may be empty.</summary>
    public required string Message { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Identifier of the publisher.</summary>
    public required string PublishedBy { get; init; }

    /// <summary>Whether it is to be used.</summary>
    public VersionStage Stage { get; init; }

    /// <summary>Why it was deprecated or retired; empty for a published one.</summary>
    public string StageReason { get; init; } = "";
}
