using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Agent.Kubernetes;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile;

/// <summary>An object of a manifest, labelled as its entity's and put in its place in the order.</summary>
internal sealed record DesiredObject(ObjectKey Key, int Wave, bool Optional, JsonObject Body)
{
    /// <summary>Waves, then the order of kinds, then the name.</summary>
    public static readonly IComparer<DesiredObject> Order = Comparer<DesiredObject>.Create((a, b) =>
        (a.Wave, KindOrder.Rank(a.Key.Kind)).CompareTo((b.Wave, KindOrder.Rank(b.Key.Kind))) is var c and not 0
            ? c
            : string.CompareOrdinal(a.Key.Name, b.Key.Name));
}

/// <summary>Why a manifest cannot be applied as it is.</summary>
internal sealed record ManifestFault(string Reason, string Message);

/// <summary>Reads an intent's objects; pure.</summary>
internal static class Manifest
{
    public static (IReadOnlyList<DesiredObject> Objects, ManifestFault? Fault) Read(IntentPayload payload)
    {
        var objects = new List<DesiredObject>();
        foreach (var element in payload.Objects)
        {
            if (element.ValueKind != JsonValueKind.Object || JsonObject.Create(element) is not { } shared
                || shared.DeepClone().AsObject() is not { } body || Text(body["apiVersion"]) is not { } apiVersion
                || Text(body["kind"]) is not { } kind || body["metadata"] is not JsonObject metadata || Text(metadata["name"]) is not { } name)
                return ([], new(ReportReasons.Malformed, "An object has no apiVersion, kind or metadata.name."));
            var ns = Text(metadata["namespace"]);
            if (ns is not null && ns != payload.Namespace)
                return ([], new(ReportReasons.ForeignNamespace, $"{kind}/{name} is for namespace {ns}; this environment lives in {payload.Namespace}."));
            var annotations = metadata["annotations"] as JsonObject;
            var wave = 0;
            if (Text(annotations?[IntentAnnotations.Wave]) is { } text && !int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out wave))
                return ([], new(ReportReasons.Malformed, $"{kind}/{name}: {IntentAnnotations.Wave} is not an integer."));
            Label(metadata, payload);
            objects.Add(new(new(apiVersion, kind, payload.Namespace, name), wave,
                Text(annotations?[IntentAnnotations.OptionalKind]) == "true", body));
        }

        if (objects.GroupBy(o => o.Key).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return ([], new(ReportReasons.Malformed, $"{twice.Key} is there twice."));
        return ([.. objects.Order(DesiredObject.Order)], null);
    }

    /// <summary>The object as it is written: with a namespace where its kind has one.</summary>
    public static JsonObject BodyFor(DesiredObject desired, KindInfo kind)
    {
        var body = desired.Body.DeepClone().AsObject();
        var metadata = body["metadata"]!.AsObject();
        if (kind.Namespaced) metadata["namespace"] = desired.Key.Namespace;
        else metadata.Remove("namespace");
        return body;
    }

    private static void Label(JsonObject metadata, IntentPayload payload)
    {
        if (metadata["labels"] is not JsonObject labels) metadata["labels"] = labels = [];
        labels[IntentAnnotations.Entity] = payload.EntityId.ToString();
        labels[IntentAnnotations.Environment] = payload.EnvironmentName;
        labels[IntentAnnotations.Node] = payload.Node;
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;
}
