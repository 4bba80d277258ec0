using System.Text.Json.Nodes;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Configuration;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Web.Portal.Environments;

/// <summary>Another version, or other parts left out: what a person chooses, what that costs, and the plan of it.</summary>
public sealed class BlueprintEdit(Generation start)
{
    // What the form of the untouched choice filled in is nobody's change.
    private JsonObject given = start.Adopted;
    private bool taken;

    /// <summary>The desired state the person looked at when the edit began.</summary>
    public Generation Start => start;

    /// <summary>The version that is to be.</summary>
    public int Version { get; set; } = start.BlueprintVersion;

    /// <summary>Parts left out on this environment, on top of the blueprint's own.</summary>
    public IReadOnlyList<string> NoOp { get; private set; } = start.NoOp;

    /// <summary>Outputs given for them, by part.</summary>
    public JsonObject Adopted { get; private set; } = (JsonObject)start.Adopted.DeepClone();

    /// <summary>Who answers for what is newly left out.</summary>
    public string Owner { get; set; } = "";

    /// <summary>Why it is left out.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The day it is called out again; null for never.</summary>
    public DateTime? Expires { get; set; }

    /// <summary>Why, in the person's words.</summary>
    public string Message { get; set; } = "";

    /// <summary>What the chosen version asks for.</summary>
    public BlueprintForm? Form { get; private set; }

    /// <summary>The plan, once it was asked for.</summary>
    public PlanPreview? Preview { get; set; }

    /// <summary>What stands in the way.</summary>
    public IReadOnlyList<OperationFault> Faults { get; set; } = [];

    /// <summary>Parts that were not left out before.</summary>
    public IReadOnlyList<string> Fresh => [.. NoOp.Except(start.NoOp)];

    /// <summary>True once something differs.</summary>
    public bool Dirty => Version != start.BlueprintVersion || OtherParts || OtherOutputs;

    /// <summary>Parts one may leave out: entities that the blueprint itself does not.</summary>
    public IReadOnlyList<GraphNode> Choices => Form is null ? [] : [.. Form.Nodes.Where(node => node.Kind is StepKind.Entity && (!node.NoOp || NoOp.Contains(node.Name)))];

    /// <summary>Parts whose outputs must be given.</summary>
    public IReadOnlyList<(string Node, string Title, JsonObject Schema)> ToAdopt => Form is null
        ? []
        : [.. from pair in Form.RequiredAdopted where pair.Value is JsonObject select (pair.Key, Form.Nodes.FirstOrDefault(node => node.Name == pair.Key)?.Title ?? pair.Key, (JsonObject)pair.Value!)];

    /// <summary>What leaving parts out costs, in one sentence; empty when nothing is left out.</summary>
    public string Cost
    {
        get
        {
            var held = Form?.Nodes.Where(node => node.NoOp && node.Kind is StepKind.Entity).Select(node => node.Name).ToList() ?? [];
            if (held.Count == 0)
                return "";
            var outputs = ToAdopt.Sum(part => (part.Schema["properties"] as JsonObject)?.Count ?? 0);
            return $"{(held.Count == 1 ? "1 step is" : $"{held.Count} steps are")} held: {string.Join(", ", held)}. {(outputs == 0 ? "Nothing needs their outputs." : outputs == 1 ? "1 output has to be given." : $"{outputs} outputs have to be given.")}";
        }
    }

    /// <summary>Faults that no form shows in its place.</summary>
    public IReadOnlyList<OperationFault> Others => FieldFaults.Outside(["note.", .. ToAdopt.Select(part => $"adopted.{part.Node}.")], Faults);

    /// <summary>Someone changed the environment in the meantime.</summary>
    public bool Refused => Faults.Any(fault => fault.Kind is FaultKind.PreconditionFailed);

    private bool OtherParts => !NoOp.ToHashSet().SetEquals(start.NoOp);

    private bool OtherOutputs => !JsonNode.DeepEquals(Adopted, given);

    /// <summary>Faults of a part's outputs.</summary>
    public IReadOnlyList<OperationFault> AdoptedFaults(string node) => FieldFaults.Under($"adopted.{node}.", Faults);

    /// <summary>What is wrong with owner, reason or expiresAt; null for nothing.</summary>
    public string? NoteFault(string field) => Faults.FirstOrDefault(fault => fault.Field == $"note.{field}")?.Message;

    /// <summary>Leaves a part out, or takes it back in.</summary>
    public void Toggle(string node, bool leaveOut) =>
        (NoOp, Preview, Faults) = (leaveOut ? [.. NoOp.Where(other => other != node), node] : [.. NoOp.Where(other => other != node)], null, []);

    /// <summary>Takes the outputs of a part.</summary>
    public void Adopt(string node, JsonObject values) => Adopted[node] = values.DeepClone();

    /// <summary>Takes what a version asks for. Outputs that were not given are filled with those the part has now.</summary>
    public void Take(BlueprintForm form, Func<string, JsonObject?> outputsOf)
    {
        var untouched = !taken && !Dirty;
        (Form, taken) = (form, true);
        foreach (var (node, _, schema) in ToAdopt)
        {
            var known = new JsonObject();
            foreach (var (name, _) in schema["properties"] as JsonObject ?? [])
            {
                if (outputsOf(node)?[name] is { } value)
                    known[name] = value.DeepClone();
            }

            Adopted[node] = MergePatch.Apply(known, Adopted[node] as JsonObject ?? []);
        }

        foreach (var node in Adopted.Select(pair => pair.Key).Where(name => !NoOp.Contains(name) && ToAdopt.All(part => part.Node != name)).ToList())
            Adopted.Remove(node);
        if (untouched)
            given = (JsonObject)Adopted.DeepClone();
    }

    /// <summary>The same wish on top of a newer desired state: what the person did not touch follows it.</summary>
    public BlueprintEdit On(Generation newest) => new(newest)
    {
        Version = Version == start.BlueprintVersion ? newest.BlueprintVersion : Version,
        NoOp = [.. newest.NoOp.Where(node => NoOp.Contains(node) || !start.NoOp.Contains(node)).Union(Fresh)],
        Adopted = MergePatch.Apply(newest.Adopted, MergePatches.Between(given, Adopted)),
        Owner = Owner,
        Reason = Reason,
        Expires = Expires,
        Message = Message,
    };

    /// <summary>The wish: only what the person changed, and the generation it was made on. The day of expiry ends at midnight UTC.</summary>
    public BlueprintChange ToChange() => new(
        Version == start.BlueprintVersion ? null : Version,
        OtherParts ? NoOp : null,
        OtherOutputs ? (JsonObject)Adopted.DeepClone() : null,
        Message.Trim(),
        Fresh.Count == 0 ? null : new NoOpNote(Owner.Trim(), Reason.Trim(), Expires is { } day ? new DateTimeOffset(DateTime.SpecifyKind(day.Date.AddDays(1), DateTimeKind.Utc)) : null),
        start.Number);
}
