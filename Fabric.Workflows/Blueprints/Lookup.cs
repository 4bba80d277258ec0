using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>What a binding refers to.</summary>
public sealed record Lookup
{
    private Lookup()
    {
    }

    /// <summary>The value, when it is known.</summary>
    public JsonNode? Value { get; private init; }

    /// <summary>Whether there is a value; it may be null.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>Why there can never be a value; null otherwise.</summary>
    public string? Message { get; private init; }

    /// <summary>Known after apply.</summary>
    public static Lookup Unknown { get; } = new();

    /// <summary>A value; it is copied when it is used.</summary>
    public static Lookup Known(JsonNode? value) => new() { Value = value, IsKnown = true };

    /// <summary>There can never be a value.</summary>
    /// <param name="message">Why, as a sentence.</param>
    public static Lookup Missing(string message) => new() { Message = message };
}

/// <summary>A template with its bindings resolved.</summary>
/// <param name="Value">What is known; unknown properties are missing, unknown items of an array are null.</param>
/// <param name="Unknown">Dotted paths, inside the template, of what is known after apply.</param>
/// <param name="Errors">Bindings that can never be resolved, as sentences.</param>
public sealed record BindingResult(JsonNode? Value, IReadOnlyList<string> Unknown, IReadOnlyList<string> Errors);

/// <summary>A binding as it stands in a template.</summary>
/// <param name="Root">First name: a node, <c>param</c>, <c>env</c>…</param>
/// <param name="Path">Names after it.</param>
/// <param name="At">Dotted path, inside the template, of the string it stands in.</param>
/// <param name="Whole">The string is this binding and nothing else, so its type is kept.</param>
public sealed record BindingReference(string Root, IReadOnlyList<string> Path, string At, bool Whole)
{
    /// <summary>As written, as in <c>${network.vpcId}</c>.</summary>
    public override string ToString() => $"${{{string.Join('.', [Root, .. Path])}}}";
}
