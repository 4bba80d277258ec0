using System.Text.Json.Nodes;

namespace Fabric.Workflows.Engine.Simulation;

/// <summary>What is made to go wrong with a node.</summary>
public enum NodeTrouble
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Fails once in a way that passes.</summary>
    TransientOnce,

    /// <summary>Fails for good.</summary>
    Terminal,

    /// <summary>Does its work once without telling anybody.</summary>
    OutcomeUnknown,

    /// <summary>Takes ten times as long.</summary>
    Slow,
}

/// <summary>How one node behaves.</summary>
/// <param name="Trouble">What goes wrong.</param>
/// <param name="Duration">How long it takes; null for what its type says.</param>
public sealed record NodeBehaviour(NodeTrouble Trouble = NodeTrouble.None, TimeSpan? Duration = null);

/// <summary>What is to be played through.</summary>
/// <param name="Parameters">Values given; defaults fill the rest.</param>
/// <param name="Nodes">Behaviour by node; who is not in it does what its type says.</param>
public sealed record SimulationWish(JsonObject Parameters, IReadOnlyDictionary<string, NodeBehaviour> Nodes)
{
    /// <summary>How a node behaves.</summary>
    public NodeBehaviour Of(string node) => Nodes.GetValueOrDefault(node) ?? new NodeBehaviour();
}
