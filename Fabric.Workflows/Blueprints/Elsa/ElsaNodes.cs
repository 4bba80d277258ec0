using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Editing;
using Fabric.Workflows.Catalog;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Makes nodes of activities. What an activity does not say stays as it was when Fabric wrote it, or as it stands in the text.</summary>
internal sealed class ElsaNodes(Draft? embedded, EntityCatalog catalog, ElsaFindings findings)
{
    // A longer one would bury the file.
    private const int LongestComment = 4_000;

    private readonly ElsaInputs inputs = new(catalog, findings);

    public IReadOnlyList<ElsaNode> Of(ElsaGraph graph)
    {
        var identities = ElsaIdentities.Of(graph, embedded?.Source.ByName.Keys ?? [], findings);
        return [.. identities.Select(identity => Node(identity)).OfType<ElsaNode>()];
    }

    private ElsaNode? Node(ElsaIdentity identity)
    {
        var activity = identity.Activity;
        var (name, final) = (identity.Name, identity.Final);
        var known = Known(identity);
        var isOurs = ElsaNodeTypes.GateOf(activity.Type) is not null || ElsaNodeTypes.IsEntity(activity.Type);
        if (!isOurs && known is null)
            return Foreign(activity, final);
        if ((isOurs ? Template(activity, known) : null) is not { } template)
        {
            findings.Fatal(ElsaFindingCodes.TypeChanged, $"{activity.Path}.type", $"'{ElsaJson.Short(activity.Id)}' was {Described(known!)} and is a '{ElsaJson.Short(activity.Type)}' now; give what is new an id of its own.", activity.Id);
            return null;
        }

        var before = identity.IsCopy ? null : known;
        var wanted = inputs.Apply(activity, template);
        Title(activity, wanted, before is null ? final : name);
        if (activity.Description is { Length: > 0 })
            findings.Notice(ElsaFindingCodes.NotKept, $"{activity.Path}.metadata.description", $"The description of '{ElsaJson.Short(activity.Id)}' is left out: a node has a title and no description. Write it as a comment.", activity.Id);
        var source = embedded?.Source.Layout[name] as JsonArray;
        var layout = activity.Fabric is { } own ? own["layout"] as JsonArray ?? own["drawn"] as JsonArray : source;
        return new ElsaNode
        {
            Activity = activity,
            Name = name,
            Final = final,
            Before = before,
            BeforeEdges = before is null ? [] : activity.Fabric?["dependsOn"] is { } edges ? edges.Texts() : embedded is null ? [] : [.. DraftGraph.Before(embedded, name)],
            Wanted = wanted,
            BeforePlace = before is null ? null : Place(layout),
            Placed = activity.Fabric?["layout"] is JsonArray,
        };
    }

    /// <summary>The node as Fabric wrote it into the activity, or as it stands in the text under the activity's id.</summary>
    private JsonObject? Known(ElsaIdentity identity)
    {
        if (identity.Activity.Fabric?["node"] is JsonObject node && (node["entity"].Text() ?? node["gate"].Text()) is not null)
        {
            var copy = (JsonObject)node.DeepClone();
            if (identity.IsCopy)
                copy.Remove("was");
            return copy;
        }

        return embedded?.Source.ByName.GetValueOrDefault(identity.Name)?.Json.DeepClone() as JsonObject;
    }

    /// <summary>What to start from; null when the activity is another kind of node than before.</summary>
    private JsonObject? Template(ElsaActivity activity, JsonObject? known)
    {
        if (ElsaNodeTypes.GateOf(activity.Type) is { } gate)
            return known is null ? new JsonObject { ["gate"] = gate } : known["gate"].Text() == gate ? known : null;
        if (known is not null && known["entity"].Text() is not { })
            return null;
        if (known?["entity"].Text() is { } entity && ElsaNodeTypes.Entity(entity.Split('@')[0]) == activity.Type)
            return known;
        var reference = ElsaNodeTypes.Reference(activity.Type, catalog);
        if (!reference.Contains('@', StringComparison.Ordinal))
            findings.Notice(ElsaFindingCodes.UnknownType, $"{activity.Path}.type", $"'{ElsaJson.Short(activity.Id)}' is a '{ElsaJson.Short(activity.Type)}', and the catalog has no such entity type; the node names '{reference}', and validation lists it.", activity.Id);
        var template = (JsonObject?)known?.DeepClone() ?? [];
        template["entity"] = reference;
        return template;
    }

    private ElsaNode Foreign(ElsaActivity activity, string name)
    {
        var json = activity.Json.ToJsonString();
        var kept = json.Length <= LongestComment;
        findings.Notice(
            ElsaFindingCodes.UnknownType,
            $"{activity.Path}.type",
            $"'{ElsaJson.Short(activity.Id)}' is a '{ElsaJson.Short(activity.Type)}', which Fabric has no node for. It becomes the action gate '{name}': choose the node and the operation it stands for, or remove it. "
            + (kept ? "What it was stands in a comment beside it." : "It is too large for a comment, so its settings are lost: keep the file."),
            activity.Id);
        return new ElsaNode
        {
            Activity = activity,
            Name = name,
            Final = name,
            Wanted = new JsonObject { ["gate"] = "action", ["title"] = activity.Title is { Length: > 0 } title ? title : activity.Json.TextAt("name") ?? activity.Type },
            Comment = kept ? $"Elsa: {json}" : null,
        };
    }

    private static void Title(ElsaActivity activity, JsonObject wanted, string name)
    {
        if (activity.Title is { Length: > 0 } title && title != (wanted["title"].Text() ?? name))
            wanted["title"] = title;
    }

    private static string Described(JsonObject node) => node["gate"].Text() is { } gate ? $"the gate '{ElsaJson.Short(gate)}'" : $"the entity '{ElsaJson.Short(node["entity"].Text() ?? "")}'";

    private static (double, double)? Place(JsonArray? pair) =>
        pair is { Count: 2 } && pair[0] is JsonValue x && pair[1] is JsonValue y && x.TryGetValue<double>(out var left) && y.TryGetValue<double>(out var top) ? (left, top) : null;
}
