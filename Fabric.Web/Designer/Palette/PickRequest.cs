namespace Fabric.Web.Designer.Palette;

/// <summary>One line of a picker.</summary>
/// <param name="Key">What is chosen.</param>
/// <param name="Label">What people read and search.</param>
/// <param name="Detail">More of it.</param>
/// <param name="Icon">SVG path; empty for none.</param>
public sealed record PickItem(string Key, string Label, string Detail, string Icon);

/// <summary>A question that the picker asks.</summary>
/// <param name="Title">The question.</param>
/// <param name="Items">The answers there are.</param>
/// <param name="Chosen">What is done with the answer.</param>
public sealed record PickRequest(string Title, IReadOnlyList<PickItem> Items, Func<string, Task> Chosen);
