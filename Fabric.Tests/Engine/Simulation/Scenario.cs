using FsCheck;
using FsCheck.Fluent;

namespace Fabric.Tests.Engine.Simulation;

/// <summary>A graph, what goes wrong in it, and when the process dies. Made from a seed, so that a failure can be repeated.</summary>
public sealed record Scenario(int Seed, IReadOnlyList<Scenario.Node> Nodes, IReadOnlyDictionary<int, CrashMoment> Crashes)
{
    public sealed record Node(string Name, string[] After, Trouble Trouble, bool NoOp);

    public static Scenario Of(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(1, 25);
        var troubles = Enum.GetValues<Trouble>();
        var nodes = new List<Node>();
        for (var i = 0; i < count; i++)
        {
            var after = Enumerable.Range(0, i).Where(_ => random.Next(i) < 2).Select(before => $"n{before}").ToArray();
            var trouble = random.Next(3) == 0 ? troubles[random.Next(troubles.Length)] : Trouble.None;
            nodes.Add(new Node($"n{i}", after, trouble, random.Next(8) == 0));
        }

        var crashes = Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(1, count * 4)).Distinct()
            .ToDictionary(at => at, _ => (CrashMoment)random.Next(3));
        return new Scenario(seed, nodes, crashes);
    }

    public Scenario Undisturbed => this with { Crashes = new Dictionary<int, CrashMoment>() };

    public Scenario Harmless => this with { Nodes = [.. Nodes.Select(node => node with { Trouble = node.Trouble is Trouble.Terminal ? Trouble.Slow : node.Trouble })] };

    public override string ToString() =>
        $"seed {Seed}: {string.Join(", ", Nodes.Select(n => $"{n.Name}({string.Join('+', n.After)}){(n.Trouble is Trouble.None ? "" : $" {n.Trouble}")}{(n.NoOp ? " no-op" : "")}"))}; "
        + $"crashes {string.Join(", ", Crashes.Select(c => $"{c.Key} {c.Value}"))}";
}

/// <summary>How FsCheck finds scenarios.</summary>
public static class Scenarios
{
    public static Arbitrary<Scenario> Any() => Gen.Choose(0, int.MaxValue - 1).Select(Scenario.Of).ToArbitrary();
}
