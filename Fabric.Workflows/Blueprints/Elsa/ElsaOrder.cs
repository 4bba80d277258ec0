namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Whether a workflow can run from its beginning to its end, in Elsa and in Fabric.</summary>
internal static class ElsaOrder
{
    public static void Check(IReadOnlyList<ElsaActivity> nodes, IReadOnlyList<(string From, string To)> edges, IReadOnlySet<string> starts, bool sequence, ElsaFindings findings)
    {
        var into = edges.ToLookup(edge => edge.To, edge => edge.From, StringComparer.Ordinal);
        foreach (var start in starts.Where(start => !sequence && into.Contains(start)))
            findings.Notice(ElsaFindingCodes.NotKept, "$.root.connections", $"The start '{ElsaJson.Short(start)}' has connections into it; a blueprint has no start, so they are left out.", start);
        Cycles(nodes, into, findings);
        var roots = nodes.Where(node => into[node.Id].All(starts.Contains)).ToList();
        if (starts.Count == 0 && roots.Count > 1)
            findings.Notice(ElsaFindingCodes.SeveralRoots, "$.root.activities", $"{roots.Count} activities have nothing before them ({Listed(roots)}) and there is no {ElsaNodeTypes.Start}: Elsa runs one of them and leaves the others out. Here each of them runs.");
        foreach (var root in starts.Count == 0 ? [] : roots.Where(root => !into[root.Id].Any()))
            findings.Notice(ElsaFindingCodes.NotReached, root.Path, $"No connection leads from the start to '{ElsaJson.Short(root.Id)}', so Elsa never runs it. Here it runs; remove it if that is not meant.", root.Id);
    }

    private static void Cycles(IReadOnlyList<ElsaActivity> nodes, ILookup<string, string> into, ElsaFindings findings)
    {
        var order = GraphOrder.Of([.. nodes.Select(node => KeyValuePair.Create(node.Id, (IReadOnlyCollection<string>)[.. into[node.Id]]))]);
        foreach (var cycle in order.Cycles)
        {
            // The order walks from a node to what it waits for; connections lead the other way.
            var path = string.Join(" -> ", cycle.Reverse().Select(ElsaJson.Short).Take(20));
            findings.Fatal(ElsaFindingCodes.Cycle, "$.root.connections", $"The activities lead back to each other: {path}{(cycle.Count > 20 ? " -> …" : "")}. Take one of these connections away.", cycle[0]);
        }
    }

    private static string Listed(List<ElsaActivity> roots) => string.Join(", ", roots.Take(10).Select(root => $"'{ElsaJson.Short(root.Id)}'")) + (roots.Count > 10 ? " …" : "");
}
