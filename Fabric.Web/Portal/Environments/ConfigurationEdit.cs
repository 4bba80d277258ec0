using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;

namespace Fabric.Web.Portal.Environments;

/// <summary>A change of parameters that a person is making: where it started, what is wanted, and whether someone was faster.</summary>
public sealed class ConfigurationEdit(JsonObject start, int revision)
{
    /// <summary>Parameters in force when the person began.</summary>
    public JsonObject Start { get; private set; } = (JsonObject)start.DeepClone();

    /// <summary>The revision the person looked at.</summary>
    public int Revision { get; private set; } = revision;

    /// <summary>What is wanted.</summary>
    public JsonObject Values { get; set; } = (JsonObject)start.DeepClone();

    /// <summary>Why, in the person's words.</summary>
    public string Message { get; set; } = "";

    /// <summary>The plan of the change, once it was asked for.</summary>
    public PlanPreview? Preview { get; set; }

    /// <summary>What stands in the way.</summary>
    public IReadOnlyList<OperationFault> Faults { get; set; } = [];

    /// <summary>Values that differ.</summary>
    public IReadOnlyList<ValueChange> Changes => ValueDiff.Compare(Start, Values);

    /// <summary>True once something differs.</summary>
    public bool Dirty => Changes.Count > 0;

    /// <summary>Faults the form shows at their fields.</summary>
    public IReadOnlyList<OperationFault> OfFields => FieldFaults.Under("parameters.", Faults);

    /// <summary>Faults that belong to no field.</summary>
    public IReadOnlyList<OperationFault> Others => FieldFaults.Outside(["parameters."], Faults);

    /// <summary>Someone saved a newer revision in the meantime.</summary>
    public bool Conflict => Faults.Any(fault => fault.Kind is FaultKind.PreconditionFailed);

    /// <summary>The change as a merge patch: what is gone is null.</summary>
    public JsonObject Patch => MergePatches.Between(Start, Values);

    /// <summary>Takes newer parameters: an untouched form follows them, a touched one stays until the person chooses.</summary>
    public void Follow(JsonObject newest, int newestRevision)
    {
        if (!Dirty && newestRevision > Revision)
            Take(newest, newestRevision, (JsonObject)newest.DeepClone());
    }

    /// <summary>Puts the person's change on top of the newest parameters.</summary>
    public void Rebase(JsonObject newest, int newestRevision) => Take(newest, newestRevision, MergePatch.Apply(newest, Patch));

    /// <summary>Forgets the change.</summary>
    public void Reset(JsonObject newest, int newestRevision) => Take(newest, newestRevision, (JsonObject)newest.DeepClone());

    private void Take(JsonObject newest, int newestRevision, JsonObject wanted) =>
        (Start, Revision, Values, Preview, Faults) = ((JsonObject)newest.DeepClone(), newestRevision, wanted, null, []);
}
