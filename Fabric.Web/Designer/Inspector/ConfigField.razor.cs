using System.Text.Json.Nodes;
using Fabric.Web.Controls.Forms;
using Fabric.Workflows.Blueprints.Editing;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Designer.Inspector;

/// <summary>One setting of a node: a literal value, edited as its schema says, or a binding.</summary>
public sealed partial class ConfigField
{
    /// <summary>The page.</summary>
    [Parameter, EditorRequired] public required DesignerModel Model { get; set; }

    /// <summary>The node.</summary>
    [Parameter, EditorRequired] public required NodeDetail Node { get; set; }

    /// <summary>The setting.</summary>
    [Parameter, EditorRequired] public required SchemaField Field { get; set; }

    private JsonNode? Value => FieldValue.Get(Node.Config, Field.Path);

    private string? Bound => Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Contains("${", StringComparison.Ordinal) ? text : null;

    private bool Overridden => FieldValue.Get(Node.OwnConfig, Field.Path) is not null;

    private bool Inherits => Model.Draft.Text.IsDerived;

    private string? Fault => Model.FaultsOf(Node.Name, Field.Path).FirstOrDefault()?.Message;

    private IReadOnlyList<BindingChoice> Choices { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnParametersSet() => Choices = BindingChoices.For(Model.Draft, Node.Name, Field.Path);

    private Task BindAsync(ChangeEventArgs change)
    {
        var text = change.Value?.ToString()?.Trim() ?? "";
        if (text.Length > 0)
            return Model.SetAsync(Node.Name, Field.Path, text);
        return Bound is not null && Overridden ? Model.SetAsync(Node.Name, Field.Path, null) : Task.CompletedTask;
    }
}
