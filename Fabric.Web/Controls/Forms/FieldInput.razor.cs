using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Controls.Forms;

/// <summary>One field: label above, help below, its fault in the place and in words.</summary>
public sealed partial class FieldInput
{
    private bool touched;

    /// <summary>The form it stands in.</summary>
    [CascadingParameter] public required IFieldHost Form { get; set; }

    /// <summary>The field.</summary>
    [Parameter, EditorRequired] public required SchemaField Field { get; set; }

    /// <summary>What is given; null leaves it to the default.</summary>
    [Parameter] public JsonNode? Value { get; set; }

    /// <summary>What the server said about it.</summary>
    [Parameter] public string? Fault { get; set; }

    private string Text => Field.Kind is FieldKind.Choice && Field.Default is not null && ValueText.Of(Value) == ValueText.Of(Field.Default)
        ? ""
        : FieldValue.Write(Field.Kind, Value);

    private bool On => ValueText.Of(Value ?? Field.Default) == "true";

    /// <summary>What is missing is said only after the person was here.</summary>
    private string? Error => (Value is not null || touched ? FieldCheck.Of(Field, Value) : null) ?? Fault;

    private bool Must => Field is { Required: true, Default: null };

    private string Invalid => Error is null ? "false" : "true";

    private string Described => $"{Field.Id}-says";

    private string? Keys => Field.Kind switch { FieldKind.Integer => "numeric", FieldKind.Number => "decimal", _ => null };

    private string? Placeholder => Field.Default is null ? null : FieldValue.Write(Field.Kind, Field.Default) is { Length: > 0 } text ? $"{text} (default)" : "empty (default)";

    private string Help => (Field.Help, Field.Kind) switch
    {
        ("", FieldKind.Lines) => "One per line.",
        (var help, FieldKind.Lines) => $"{help} One per line.",
        var (help, _) => help,
    };

    private Task TypeAsync(ChangeEventArgs change)
    {
        touched = true;
        return Form.SetAsync(Field.Path, FieldValue.Read(Field.Kind, change.Value?.ToString() ?? ""));
    }

    /// <summary>A choice keeps the type it has in the schema: numbers stay numbers.</summary>
    private Task ChooseAsync(ChangeEventArgs change)
    {
        touched = true;
        var chosen = change.Value?.ToString() ?? "";
        var value = (Field.Schema["enum"] as JsonArray)?.FirstOrDefault(choice => ValueText.Of(choice) == chosen);
        return Form.SetAsync(Field.Path, value?.DeepClone());
    }

    private Task SetAsync(bool on) => Form.SetAsync(Field.Path, JsonValue.Create(on));
}
