using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints.Editing;

/// <summary>
/// One change a person makes in the designer. It patches the spans of the text that it concerns; a change that is not possible gives
/// faults and leaves the text as it was.
/// </summary>
/// <param name="Label">What undo calls it: <c>Add storage</c>.</param>
public abstract record DraftEdit(string Label)
{
    /// <summary>Edits with the same key in quick succession are one step of undo: typing into one field, dragging one node. Null: always a step of its own.</summary>
    public virtual string? MergeKey => null;

    /// <summary>The text after the change, or why there is none.</summary>
    /// <param name="draft">The text before, with what it inherits.</param>
    public abstract TextResult Apply(Draft draft);
}

/// <summary>A draft's text with all that is needed to understand it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Catalog">The entity types it may use.</param>
/// <param name="BaseText">Name to text of blueprints that are extended; null for one that does not exist.</param>
public sealed record Draft(BlueprintText Text, EntityCatalog Catalog, Func<string, string?> BaseText)
{
    private DraftSource? source;

    /// <summary>The nodes as written and inherited.</summary>
    internal DraftSource Source => source ??= DraftSource.Read(this);

    /// <summary>The same surroundings with another text.</summary>
    public Draft With(BlueprintText text) => new(text, Catalog, BaseText);

    /// <summary>Everything that is wrong with it, as publishing would say.</summary>
    public CompileResult Compile() => new BlueprintCompiler(Catalog).Compile(Text.Text, Text.File, 0, BaseText);
}

/// <summary>Chains edits of a text: the first fault ends the chain.</summary>
internal static class TextResults
{
    public static TextResult Start(BlueprintText text) => new(text, []);

    public static TextResult Then(this TextResult result, Func<BlueprintText, TextResult> next) => result.Text is { } text ? next(text) : result;

    public static TextResult Each<T>(this TextResult result, IEnumerable<T> items, Func<BlueprintText, T, TextResult> next)
    {
        foreach (var item in items)
            result = result.Then(text => next(text, item));
        return result;
    }
}
