namespace Fabric.Workflows.Blueprints;

/// <summary>One thing wrong in a file, as a person fixes it: where it stands, what is wrong and what would be right.</summary>
/// <param name="Code">A constant of <see cref="FaultCodes"/>; programs branch on this, never on the message.</param>
/// <param name="File">The file the author wrote, which for a derived blueprint may be the base's.</param>
/// <param name="Line">1-based; 0 when the fault has no place in a text (a placement, say).</param>
/// <param name="Column">1-based; 0 when the fault has no place in a text.</param>
/// <param name="Message">A sentence: what is wrong and what would be right.</param>
/// <param name="Node">The blueprint node concerned, when there is one.</param>
/// <param name="Field">The dotted path of the field concerned, when there is one.</param>
public sealed record Fault(
    string Code, string File, int Line, int Column, string Message, string? Node = null, string? Field = null)
{
    /// <summary><c>file(line,column): message [Code]</c>: what editors and terminals turn into a link.</summary>
    public override string ToString() => $"{File}({Line},{Column}): {Message} [{Code}]";
}
