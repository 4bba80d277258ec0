namespace Fabric.Workflows.Blueprints;

/// <param name="Order">All nodes outside cycles, each after what it depends on; among equals as written.</param>
/// <param name="Cycles">Each as a path that ends where it began.</param>
/// <param name="Unreachable">Nodes in no cycle that can never start because of one.</param>
internal sealed record GraphOrder(IReadOnlyList<string> Order, IReadOnlyList<IReadOnlyList<string>> Cycles, IReadOnlyList<string> Unreachable)
{
    /// <param name="edges">Node to what it depends on, in the order written; names that are no key are passed over.</param>
    public static GraphOrder Of(IReadOnlyList<KeyValuePair<string, IReadOnlyCollection<string>>> edges)
    {
        var index = edges.Select((e, i) => (e.Key, i)).ToDictionary(e => e.Key, e => e.i, StringComparer.Ordinal);
        var waiting = new int[edges.Count];
        var followers = new List<int>[edges.Count];
        for (var i = 0; i < edges.Count; i++) followers[i] = [];
        for (var i = 0; i < edges.Count; i++)
        {
            foreach (var dependency in edges[i].Value)
            {
                if (!index.TryGetValue(dependency, out var d)) continue;
                followers[d].Add(i);
                waiting[i]++;
            }
        }

        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, edges.Count).Where(i => waiting[i] == 0).Select(i => (i, i)));
        var order = new List<string>(edges.Count);
        while (ready.TryDequeue(out var next, out _))
        {
            order.Add(edges[next].Key);
            foreach (var follower in followers[next])
                if (--waiting[follower] == 0) ready.Enqueue(follower, follower);
        }

        var stuck = Enumerable.Range(0, edges.Count).Where(i => waiting[i] > 0).ToList();
        return stuck.Count == 0 ? new GraphOrder(order, [], []) : WithCycles(order, edges, index, stuck);
    }

    private static GraphOrder WithCycles(
        List<string> order, IReadOnlyList<KeyValuePair<string, IReadOnlyCollection<string>>> edges, Dictionary<string, int> index, List<int> stuck)
    {
        var cycles = new List<IReadOnlyList<string>>();
        var within = new HashSet<int>();
        var state = new byte[edges.Count];
        foreach (var start in stuck)
        {
            // Every stuck node depends on a stuck one, so walking on always ends in a cycle, new or known.
            var path = new List<int>();
            var at = start;
            while (state[at] == 0)
            {
                state[at] = 1;
                path.Add(at);
                at = edges[at].Value.Where(index.ContainsKey).Select(n => index[n]).First(stuck.Contains);
            }

            if (state[at] == 1)
            {
                var cycle = path[path.IndexOf(at)..];
                within.UnionWith(cycle);
                cycles.Add([.. cycle.Append(at).Select(i => edges[i].Key)]);
            }

            foreach (var seen in path) state[seen] = 2;
        }

        // A node on a second way round the same cycle is part of the knot too, and not merely behind it.
        var behind = stuck.Where(i => !within.Contains(i) && !Reaches(i, i, edges, index)).Select(i => edges[i].Key);
        return new GraphOrder(order, cycles, [.. behind]);
    }

    private static bool Reaches(int from, int to, IReadOnlyList<KeyValuePair<string, IReadOnlyCollection<string>>> edges, Dictionary<string, int> index)
    {
        var open = new Stack<int>([from]);
        var seen = new HashSet<int>();
        while (open.TryPop(out var at))
        {
            foreach (var next in edges[at].Value.Where(index.ContainsKey).Select(n => index[n]))
            {
                if (next == to) return true;
                if (seen.Add(next)) open.Push(next);
            }
        }

        return false;
    }
}
