using System.Text.RegularExpressions;

namespace Fabric.Workflows.Blueprints;

/// <summary>Names that go into URLs and Kubernetes.</summary>
public static partial class Slug
{
    /// <summary>The rule, as the fault quotes it.</summary>
    public const string Rule = "lower-case letters, digits and '-', starting with a letter, not ending in '-', at most 40 characters";

    // Words that a binding starts with; a node of this name could never be bound to.
    private static readonly HashSet<string> Reserved = ["param", "env", "entity", "secret", "config", "item"];

    /// <summary>Whether <paramref name="name"/> is a slug.</summary>
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    internal static bool IsReserved(string name) => Reserved.Contains(name);

    // \z: '$' would let a trailing newline through.
    [GeneratedRegex(@"^[a-z]([-a-z0-9]{0,38}[a-z0-9])?\z")]
    private static partial Regex Pattern();
}
