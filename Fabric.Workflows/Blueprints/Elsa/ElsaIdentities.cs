namespace Fabric.Workflows.Blueprints.Elsa;

/// <param name="Name">In the text before renaming.</param>
/// <param name="Final">In the end.</param>
/// <param name="IsCopy">It carries the data of a node that is still there.</param>
internal readonly record struct ElsaIdentity(ElsaActivity Activity, string Name, string Final, bool IsCopy);

/// <summary>Which activity is which node: by id; by Fabric's data when the id was changed; a copy of a node is a new one.</summary>
internal static class ElsaIdentities
{
    /// <param name="graph">The activities.</param>
    /// <param name="known">Names of nodes in the text.</param>
    /// <param name="findings">Gets the names that had to be made.</param>
    public static IReadOnlyList<ElsaIdentity> Of(ElsaGraph graph, IEnumerable<string> known, ElsaFindings findings)
    {
        var ids = graph.Activities.Select(activity => activity.Id).ToHashSet(StringComparer.Ordinal);
        var taken = known.Concat(ids.Where(ElsaNames.IsName)).ToHashSet(StringComparer.Ordinal);
        var claimed = new HashSet<string>(StringComparer.Ordinal);
        var identities = new List<ElsaIdentity>();
        foreach (var activity in graph.Activities)
        {
            var final = ElsaNames.IsName(activity.Id) ? activity.Id : ElsaNames.For(activity, taken.Contains);
            taken.Add(final);
            if (final != activity.Id)
                findings.Notice(ElsaFindingCodes.Renamed, $"{activity.Path}.id", $"'{ElsaJson.Short(activity.Id)}' is no name for a node ({Slug.Rule}); the node is called '{final}'.", activity.Id);
            var own = activity.Fabric?.TextAt("name") is { } name && ElsaNames.IsName(name) && name != final ? name : null;
            var renamed = own is not null && !ids.Contains(own) && claimed.Add(own);
            identities.Add(new ElsaIdentity(activity, renamed ? own! : final, final, own is not null && !renamed));
        }

        return identities;
    }
}
