namespace Fabric.Workflows.Clouds;

/// <summary>What the customer makes in the account, in order.</summary>
/// <param name="Fault">Why it cannot be told in full: what the vendor has not set yet; null when all is well.</param>
/// <param name="Steps">The steps; a text to copy stands with each that has one.</param>
public sealed record CloudSetup(string? Fault, IReadOnlyList<SetupStep> Steps);

/// <summary>A step of a set-up.</summary>
/// <param name="Title">What to do.</param>
/// <param name="Text">How and why, in a sentence or two.</param>
/// <param name="File">Name of the text when it is saved; null without one.</param>
/// <param name="Content">The text to copy; null without one.</param>
public sealed record SetupStep(string Title, string Text, string? File = null, string? Content = null);
