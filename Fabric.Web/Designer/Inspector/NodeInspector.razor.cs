using System.Text.Json.Nodes;
using Fabric.Web.Controls;
using Fabric.Web.Controls.Forms;
using Fabric.Workflows.Blueprints.Editing;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Designer.Inspector;

/// <summary>One node: its name, its type, what it waits for, its configuration.</summary>
public sealed partial class NodeInspector : IFieldHost, IDisposable
{
    private ElementReference first;

    /// <summary>The page.</summary>
    [Parameter, EditorRequired] public required DesignerModel Model { get; set; }

    /// <summary>The node.</summary>
    [Parameter, EditorRequired] public required NodeDetail Node { get; set; }

    /// <summary>Whether anything may be changed.</summary>
    [Parameter] public bool Editable { get; set; }

    private IEnumerable<string> Versions => Node.Type is { } type
        ? Model.Session.Catalog.Versions(type.Name).SelectMany(version => new[] { $"{version.Name}@{version.Version.Split('.')[0]}", $"{version.Name}@{version.Version}" }).Distinct()
        : Model.Session.Catalog.Names.Select(name => $"{name}@{Model.Session.Catalog.Versions(name)[0].Version.Split('.')[0]}");

    /// <inheritdoc/>
    public void Dispose() => Model.Opened -= StateHasChanged;

    /// <inheritdoc/>
    public Task SetAsync(string path, JsonNode? value) => Model.SetAsync(Node.Name, path, value);

    /// <inheritdoc/>
    protected override void OnInitialized() => Model.Opened += StateHasChanged;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Model.TakeFocus(Node.Name))
            await first.TryFocusAsync();
    }


    private async Task RenameAsync(ChangeEventArgs change)
    {
        var name = change.Value?.ToString()?.Trim() ?? "";
        if (name != Node.Name && await Model.DoAsync(new RenameNode(Node.Name, name)))
            Model.Show(name);
    }

    private Task FieldAsync(string field, ChangeEventArgs change) =>
        change.Value?.ToString()?.Trim() is { Length: > 0 } text ? Model.DoAsync(new SetField(Node.Name, field, text))
        : Node.Fields[field] is null ? Task.CompletedTask
        : Model.DoAsync(new SetField(Node.Name, field, null));

    private Task ProtectAsync(ChangeEventArgs change) => Model.DoAsync(new SetField(Node.Name, "protect", change.Value is true ? true : Node.Inherited ? false : null));
}
