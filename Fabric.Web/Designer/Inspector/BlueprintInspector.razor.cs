using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Editing;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Designer.Inspector;

/// <summary>What belongs to no node: title, description, parameters, outputs.</summary>
public sealed partial class BlueprintInspector
{
    private string parameter = "";
    private string kind = "string";
    private string output = "";
    private string from = "";

    /// <summary>The page.</summary>
    [Parameter, EditorRequired] public required DesignerModel Model { get; set; }

    /// <summary>Whether anything may be changed.</summary>
    [Parameter] public bool Editable { get; set; }

    /// <summary>The text shall be shown, at a line.</summary>
    [Parameter] public EventCallback<int> TextAsked { get; set; }

    private JsonObject Spec => Model.Draft.Text.Json["spec"] as JsonObject ?? [];

    private JsonObject Metadata => Model.Draft.Text.Json["metadata"] as JsonObject ?? [];

    private JsonObject Schema => Spec["parameters"] as JsonObject ?? [];

    private IEnumerable<string> Names(string part) => ((part == "parameters" ? Schema["properties"] : Spec[part]) as JsonObject ?? []).Select(pair => pair.Key);

    private string TypeOf(string name) => SchemaTypes.Describe(SchemaTypes.Of(Schema["properties"]?[name] as JsonObject ?? []));

    private Task SetAsync(IReadOnlyList<string> path, string? text) => text?.Trim() is { Length: > 0 } value ? Model.DoAsync(new SetBlueprint(path, value))
        : Metadata[path[^1]] is null ? Task.CompletedTask
        : Model.DoAsync(new SetBlueprint(path, null));

    private async Task AddParameterAsync()
    {
        if (parameter.Length == 0)
        {
            Model.Say("Give the new parameter a name.");
            return;
        }

        // The field is free for the next one at once: who types on while this one is saved loses nothing.
        var name = parameter;
        parameter = "";
        if (!await Model.DoAsync(new AddParameter(name, kind)) && parameter.Length == 0)
            parameter = name;
    }

    private Task RemoveParameterAsync(string name)
    {
        List<DraftEdit> edits = [new SetBlueprint(["spec", "parameters", "properties", name], null)];
        if (Schema["required"] is JsonArray required && required.Any(entry => entry?.ToString() == name))
        {
            var left = required.Where(entry => entry?.ToString() != name).Select(entry => entry?.DeepClone()).ToArray();
            edits.Add(new SetBlueprint(["spec", "parameters", "required"], left.Length > 0 ? new JsonArray(left) : null));
        }

        return Model.DoAsync(new Sequence($"Remove parameter {name}", edits));
    }

    private async Task AddOutputAsync()
    {
        if (output.Length == 0 || from.Length == 0)
        {
            Model.Say("Give the new output a name, and choose what it shows.");
            return;
        }

        var (name, value) = (output, from);
        (output, from) = ("", "");
        if (!await Model.DoAsync(new SetBlueprint(["spec", "outputs", name], value)) && output.Length == 0)
            (output, from) = (name, value);
    }
}
