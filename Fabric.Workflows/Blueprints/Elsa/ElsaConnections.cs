using System.Text.Json.Nodes;

namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Reads connections: ends as objects or flat, one or a list, with or without ports.</summary>
internal sealed class ElsaConnections(IReadOnlyDictionary<string, ElsaActivity> activities, ElsaFindings findings)
{
    public const int Most = 10_000;

    private const string Where = "$.root.connections";
    private const string Done = "Done";
    private const string In = "In";

    private readonly HashSet<(string, string)> seen = [];
    private int bends;

    /// <summary>The connections that can be followed, each once.</summary>
    /// <param name="node">The flowchart's connections.</param>
    /// <param name="aside">Connections of activities that Elsa does not know, all of Fabric's among them: it takes them out and keeps them apart.</param>
    public List<(string From, string To)> Read(JsonNode? node, JsonNode? aside)
    {
        var edges = new List<(string, string)>();
        var list = node.List();
        if (list is null && node is JsonObject one)
            Connection(one, Where, edges);
        else if (list is null && node is not null)
            findings.Fatal(ElsaFindingCodes.WrongShape, Where, "The connections must be a list of objects with 'source' and 'target'.");
        else if (list?.Count > Most)
            findings.Fatal(ElsaFindingCodes.TooLarge, Where, $"The workflow has {list.Count} connections; at most {Most} are read. Split it.");
        else
            for (var i = 0; i < (list?.Count ?? 0); i++)
                Connection(list![i], $"{Where}[{i}]", edges);
        Aside(aside.List(), edges);
        if (bends > 0)
            findings.Notice(ElsaFindingCodes.NotKept, Where, $"Connections have {bends} bends of their own; Fabric draws its own lines and leaves them out.");
        return edges;
    }

    private void Aside(JsonArray? list, List<(string From, string To)> edges)
    {
        const string Path = "$.root.customProperties.notFoundConnections";
        if (list?.Count > Most)
        {
            findings.Fatal(ElsaFindingCodes.TooLarge, Path, $"Elsa has set {list.Count} connections aside; at most {Most} are read. Split the workflow.");
            return;
        }

        var lost = 0;
        foreach (var json in list ?? [])
        {
            if (json is JsonObject map && End(map, "source") is { } source && End(map, "target") is { } target
                && activities.ContainsKey(source.Activity) && activities.ContainsKey(target.Activity) && source.Activity != target.Activity)
            {
                if (seen.Add((source.Activity, target.Activity)))
                    edges.Add((source.Activity, target.Activity));
            }
            else
            {
                lost++;
            }
        }

        if (lost > 0)
            findings.Notice(ElsaFindingCodes.NotKept, Path, $"Elsa has set {lost} connections aside whose activities are gone; they are left out.");
    }

    private void Connection(JsonNode? node, string path, List<(string From, string To)> edges)
    {
        if (node is not JsonObject json || End(json, "source") is not { } source || End(json, "target") is not { } target)
        {
            findings.Fatal(ElsaFindingCodes.WrongShape, path, "A connection needs 'source' and 'target', each with the id of an activity.");
            return;
        }

        bends += json.At("vertices").List()?.Count ?? 0;
        if (!IsThere(source.Activity, $"{path}.source") | !IsThere(target.Activity, $"{path}.target"))
            return;
        var between = $"'{ElsaJson.Short(source.Activity)}' to '{ElsaJson.Short(target.Activity)}'";
        if (source.Port is not (null or Done))
            findings.Notice(ElsaFindingCodes.UnknownPort, $"{path}.source", $"The connection from {between} leaves by the port '{ElsaJson.Short(source.Port)}'. A blueprint has no conditions: the node waits for the other whatever comes of it.", target.Activity);
        if (target.Port is not (null or In))
            findings.Notice(ElsaFindingCodes.UnknownPort, $"{path}.target", $"The connection from {between} arrives at the port '{ElsaJson.Short(target.Port)}', which Elsa would not follow. It is read as '{In}'.", target.Activity);
        if (source.Activity == target.Activity)
            findings.Fatal(ElsaFindingCodes.SelfLoop, path, $"'{ElsaJson.Short(source.Activity)}' is connected to itself and would wait for ever; take the connection away.", source.Activity);
        else if (seen.Add((source.Activity, target.Activity)))
            edges.Add((source.Activity, target.Activity));
        else
            findings.Notice(ElsaFindingCodes.DuplicateConnection, path, $"The connection from {between} is there twice; once is enough.", target.Activity);
    }

    private bool IsThere(string activity, string path)
    {
        if (activities.ContainsKey(activity))
            return true;
        findings.Fatal(ElsaFindingCodes.MissingActivity, path, $"The connection names the activity '{ElsaJson.Short(activity)}', and there is none with this id; mend the id or take the connection away.", activity);
        return false;
    }

    private static (string Activity, string? Port)? End(JsonObject json, string end) => json.At(end) switch
    {
        JsonObject map when map.TextAt("activity") is { Length: > 0 } activity => (activity, Port(map.TextAt("port"))),
        JsonValue value when value.Text() is { Length: > 0 } activity => (activity, Port(json.TextAt($"{end}Port"))),
        _ => null,
    };

    private static string? Port(string? port) => port is { Length: > 0 } ? port : null;
}
