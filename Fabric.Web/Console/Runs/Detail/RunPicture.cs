using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Web.ConsoleView.Runs.Detail;

/// <summary>A run on the drawing of the version it ran.</summary>
/// <param name="Nodes">Nodes of that version, then those that the run touched and the version does not have.</param>
/// <param name="Paints">How each looks.</param>
/// <param name="Marks">Edges of the critical path.</param>
public sealed record RunPicture(IReadOnlyList<GraphNode> Nodes, IReadOnlyDictionary<string, NodePaint> Paints, EdgeMarks Marks)
{
    /// <summary>Sign and words of the critical path, wherever it is marked.</summary>
    public const string Critical = "◆ critical path";

    /// <summary>Draws a run.</summary>
    /// <param name="view">The run.</param>
    /// <param name="times">Its times; null while it goes.</param>
    /// <param name="now">UTC.</param>
    public static RunPicture Of(RunView view, RunTimes? times, DateTimeOffset now)
    {
        var steps = view.Steps.ToDictionary(step => step.Node, StringComparer.Ordinal);
        var nodes = NodesOf(view);
        var paints = nodes.ToDictionary(node => node.Name, node => Paint(node, steps.GetValueOrDefault(node.Name), times, now), StringComparer.Ordinal);
        return new RunPicture(nodes, paints, times is null ? EdgeMarks.None : new EdgeMarks(Edges(nodes, times)));
    }

    /// <summary>What is drawn of a run: its version's nodes and, behind them, whatever else it had a step for.</summary>
    public static IReadOnlyList<GraphNode> NodesOf(RunView view)
    {
        var drawn = view.Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var others = view.Steps.Where(step => !drawn.Contains(step.Node)).OrderBy(step => step.Order).ToList();
        drawn.UnionWith(others.Select(step => step.Node));
        return [.. view.Nodes, .. others.Select(step => new GraphNode(
            step.Node, step.Node, step.Type?.Split('@')[0] ?? step.Kind.ToString(), step.Kind, step.Type, [.. step.DependsOn.Where(drawn.Contains)], [], step.NoOp, null, null))];
    }

    private static NodePaint Paint(GraphNode node, Step? step, RunTimes? times, DateTimeOffset now)
    {
        if (step is null)
            return new NodePaint("Untouched", node.Type ?? node.Title, 0, false);
        var percent = step.ProgressTotal > 0 && step.State.IsInFlight() ? Math.Clamp(100 * step.ProgressDone / step.ProgressTotal, 0, 100) : 0;
        return new NodePaint(step.NoOp ? "no-op" : StateStyle.NameOf(step.State), Line(node, step, times, now), percent, false);
    }

    private static string Line(GraphNode node, Step step, RunTimes? times, DateTimeOffset now)
    {
        string?[] parts =
        [
            times?.IsCritical(step.Node) is true ? Critical : null,
            step.NoOp ? null : RunText.Duration(step.StartedAt, step.EndedAt, now),
            step.Attempt > 1 ? $"attempt {step.Attempt}" : null,
            step.ProgressTotal > 0 && step.State.IsInFlight() ? $"{step.ProgressDone} of {step.ProgressTotal}" : null,
            step.State is StepState.Failed || step.State.IsInFlight() ? step.Message : null,
        ];
        var line = string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
        return line.Length > 0 ? line : node.Type ?? node.Title;
    }

    /// <summary>The edges between neighbours on the path. What is removed goes against the drawing's direction.</summary>
    private static IEnumerable<(string From, string To, string Css)> Edges(IReadOnlyList<GraphNode> nodes, RunTimes times)
    {
        var before = nodes.ToDictionary(node => node.Name, node => node.DependsOn, StringComparer.Ordinal);
        foreach (var (first, second) in times.Chain.Zip(times.Chain.Skip(1)))
        {
            if (before.GetValueOrDefault(second.Node, []).Contains(first.Node))
                yield return (first.Node, second.Node, EdgeMarks.Critical);
            else if (before.GetValueOrDefault(first.Node, []).Contains(second.Node))
                yield return (second.Node, first.Node, EdgeMarks.Critical);
        }
    }
}
