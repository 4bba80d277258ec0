using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Web.Portal.Create;

/// <summary>What a person has chosen so far for a new environment, and how far that carries.</summary>
public sealed class WizardModel
{
    private const string Own = "parameters.";

    /// <summary>Name of the blueprint; empty until chosen.</summary>
    public string Blueprint { get; set; } = "";

    /// <summary>Slug of the environment.</summary>
    public string Name { get; set; } = "";

    /// <summary>Cloud; empty until chosen.</summary>
    public string Cloud { get; set; } = "";

    /// <summary>Region; empty until chosen.</summary>
    public string Region { get; set; } = "";

    /// <summary>The cloud account; null for none.</summary>
    public AccountLine? Account { get; set; }

    /// <summary>Nodes the person has already and adopts.</summary>
    public IReadOnlyList<string> NoOp { get; set; } = [];

    /// <summary>Parameters.</summary>
    public JsonObject Parameters { get; set; } = [];

    /// <summary>Adopted outputs by node.</summary>
    public JsonObject Adopted { get; private set; } = [];

    /// <summary>What the blueprint asks for on this cloud.</summary>
    public BlueprintForm? Form { get; private set; }

    /// <summary>What would be made.</summary>
    public PlanPreview? Preview { get; set; }

    /// <summary>What stands in the way.</summary>
    public IReadOnlyList<OperationFault> Faults { get; set; } = [];

    /// <summary>Nodes whose outputs must be given.</summary>
    public IReadOnlyList<(string Node, string Title, JsonObject Schema)> ToAdopt =>
        Form is null ? [] : [.. from pair in Form.RequiredAdopted
                                where pair.Value is JsonObject
                                let title = Form.Nodes.FirstOrDefault(node => node.Name == pair.Key)?.Title ?? pair.Key
                                select (pair.Key, title, (JsonObject)pair.Value!)];

    /// <summary>Nodes a person may have already: entities that the blueprint itself does not leave out.</summary>
    public IReadOnlyList<GraphNode> Replaceable =>
        Form is null ? [] : [.. Form.Nodes.Where(node => node.Kind is StepKind.Entity && (!node.NoOp || NoOp.Contains(node.Name)))];

    /// <summary>Whether what was chosen is enough to open a step.</summary>
    public bool Reaches(WizardStep step) => step switch
    {
        WizardStep.Product => true,
        WizardStep.Where => Blueprint.Length > 0,
        _ => Blueprint.Length > 0 && Slug.IsValid(Name) && Cloud.Length > 0 && Region.Length > 0,
    };

    /// <summary>Faults that belong to a field of the parameters, with the field as the form knows it.</summary>
    public IReadOnlyList<OperationFault> ParameterFaults => FieldFaults.Under(Own, Faults);

    /// <summary>Faults that belong to a node's adopted outputs.</summary>
    public IReadOnlyList<OperationFault> AdoptedFaults(string node) => FieldFaults.Under($"adopted.{node}.", Faults);

    /// <summary>Faults no form shows in its place.</summary>
    public IReadOnlyList<OperationFault> OtherFaults =>
        FieldFaults.Outside([Own, .. ToAdopt.Select(part => $"adopted.{part.Node}.")], Faults);

    /// <summary>Takes what a blueprint asks for; values already given stay, defaults fill the rest.</summary>
    public void Take(BlueprintForm form)
    {
        Form = form;
        Parameters = MergePatch.Apply(Layers.Defaults(form.ParameterSchema), Parameters);
        var adopted = new JsonObject();
        foreach (var (node, _, schema) in ToAdopt)
            adopted[node] = MergePatch.Apply(Layers.Defaults(schema), Adopted[node] as JsonObject ?? []);
        Adopted = adopted;
    }

    /// <summary>Takes values that were kept; those of this visit win. Goes before <see cref="Take"/>.</summary>
    public void Restore(JsonObject parameters, JsonObject adopted) =>
        (Parameters, Adopted) = (MergePatch.Apply((JsonObject)parameters.DeepClone(), Parameters), MergePatch.Apply((JsonObject)adopted.DeepClone(), Adopted));

    /// <summary>What stands in the way of the place, at its field: name, cloud or region; null for nothing.</summary>
    public string? PlaceFault(string field) => Faults.FirstOrDefault(fault => fault.Field == field)?.Message;

    /// <summary>Something stands in the way that is chosen in the step before.</summary>
    public bool PlaceIsWrong => Faults.Any(IsOfPlace);

    /// <summary>What the step with the place does not say in its fields.</summary>
    public IReadOnlyList<OperationFault> FaultsBesidePlace => [.. OtherFaults.Where(fault => !IsOfPlace(fault))];

    /// <summary>Takes a node's adopted outputs.</summary>
    public void Adopt(string node, JsonObject values) => Adopted[node] = values.DeepClone();

    private static bool IsOfPlace(OperationFault fault) => fault.Field is "name" or "cloud" or "region" or "account";

    /// <summary>The request for it.</summary>
    public NewEnvironment ToRequest(string tenant) => new(
        tenant, Name, Blueprint, Form?.Version, Cloud, Region, Account?.Cell,
        (JsonObject)Parameters.DeepClone(), NoOp, (JsonObject)Adopted.DeepClone()) { Account = Account?.Row.Id.ToString() };
}
