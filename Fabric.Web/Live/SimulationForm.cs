using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;

namespace Fabric.Web.Live;

/// <summary>What can be chosen before a draft is played through.</summary>
/// <param name="Nodes">The drawing; empty while the draft has faults.</param>
/// <param name="ParameterSchema">JSON Schema of the parameters.</param>
/// <param name="Durations">How long each node takes by itself; those not in it take no time.</param>
/// <param name="Faults">What keeps the draft from being played.</param>
public sealed record SimulationForm(IReadOnlyList<GraphNode> Nodes, JsonObject ParameterSchema, IReadOnlyDictionary<string, TimeSpan> Durations, IReadOnlyList<Fault> Faults);
