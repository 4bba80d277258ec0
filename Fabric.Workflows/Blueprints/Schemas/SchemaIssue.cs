namespace Fabric.Workflows.Blueprints;

/// <summary>What is wrong with a value.</summary>
public enum SchemaProblem
{
    /// <summary>A required value is not there.</summary>
    Missing,
    /// <summary>The schema has no such property.</summary>
    Unknown,
    /// <summary>The value has another type.</summary>
    WrongType,
    /// <summary>The value has the right type and is not allowed: range, pattern, choice …</summary>
    NotAllowed,
}

/// <param name="Path">Dotted, from the value's root; empty for the root itself.</param>
/// <param name="Problem">The kind of mistake.</param>
/// <param name="Message">A sentence without the path: what is wrong and what would be right.</param>
public sealed record SchemaIssue(string Path, SchemaProblem Problem, string Message);
