namespace Fabric.Workflows.Blueprints;

/// <summary>What is wrong in a vendor's file, where, and what would be right.</summary>
/// <param name="Code">Constant name of the kind of fault.</param>
/// <param name="File">The file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">The sentence for people.</param>
/// <param name="Node">The node it concerns, if one.</param>
/// <param name="Field">The field it concerns, dotted, if one.</param>
public sealed record Fault(string Code, string File, int Line, int Column, string Message, string? Node = null, string? Field = null)
{
    /// <summary>As a compiler would print it.</summary>
    public override string ToString() => $"{File}({Line},{Column}): {Code}: {Message}";
}

/// <summary>A compiled blueprint, or every reason why there is none.</summary>
/// <param name="Blueprint">The blueprint; null when there is a fault.</param>
/// <param name="Faults">Every fault, in the order of the text.</param>
public sealed record CompileResult(CompiledBlueprint? Blueprint, IReadOnlyList<Fault> Faults);
