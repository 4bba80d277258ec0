using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine.Simulation;

namespace Fabric.Web.ConsoleView.Blueprints.Simulate;

/// <summary>What a person chose for each node: what goes wrong, and how long it takes.</summary>
public sealed class NodeChoices
{
    private readonly Dictionary<string, NodeTrouble> troubles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> durations = new(StringComparer.Ordinal);

    /// <summary>What goes wrong, as a person reads it.</summary>
    public static IReadOnlyList<(NodeTrouble Trouble, string Words)> All { get; } =
    [
        (NodeTrouble.None, "Nothing"), (NodeTrouble.TransientOnce, "Fails once, then works"), (NodeTrouble.Terminal, "Fails for good"),
        (NodeTrouble.OutcomeUnknown, "Outcome unknown once"), (NodeTrouble.Slow, "Ten times as slow"),
    ];

    /// <summary>What goes wrong with a node.</summary>
    public NodeTrouble TroubleOf(string node) => troubles.GetValueOrDefault(node);

    /// <summary>The time that was typed for a node; empty for its own.</summary>
    public string DurationOf(string node) => durations.GetValueOrDefault(node, "");

    /// <summary>Chooses what goes wrong.</summary>
    public void Choose(string node, NodeTrouble trouble) => troubles[node] = trouble;

    /// <summary>Takes a time as it is typed.</summary>
    public void Type(string node, string text) => durations[node] = text.Trim();

    /// <summary>What is wrong with the time of a node; null when nothing is.</summary>
    public string? FaultOf(string node) => DurationOf(node) is { Length: > 0 } text && !Durations.TryParse(text, out _) ? $"'{text}' is no time: write 30s, 5m or 2h." : null;

    /// <summary>Every node that behaves otherwise than its type says; null while a time is wrong.</summary>
    public IReadOnlyDictionary<string, NodeBehaviour>? ToBehaviours()
    {
        var nodes = troubles.Keys.Union(durations.Keys).ToList();
        return nodes.Any(node => FaultOf(node) is not null) ? null : nodes.ToDictionary(
            node => node, node => new NodeBehaviour(TroubleOf(node), Durations.TryParse(DurationOf(node), out var time) ? time : null), StringComparer.Ordinal);
    }
}
