using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints;

/// <summary>A template after evaluation.</summary>
/// <param name="Value">Where a reference is unknown, the string stays as written, so that a plan can show it.</param>
/// <param name="Unknown">References whose value is known only after apply.</param>
/// <param name="Errors">What could not be evaluated; the value is then not to be used.</param>
public sealed record BindingResult(JsonNode? Value, IReadOnlyList<BindingRef> Unknown, IReadOnlyList<BindingError> Errors)
{
    /// <summary>Complete: nothing unknown and nothing wrong.</summary>
    public bool IsComplete => Unknown.Count == 0 && Errors.Count == 0;
}

/// <param name="Where">The dotted path inside the template.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record BindingError(string Where, string Message);
