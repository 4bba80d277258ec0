using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Workflows.Engine.Simulation;
using Fabric.Workflows.Runs;

namespace Fabric.Web.ConsoleView.Blueprints.Simulate;

/// <summary>A run that was played through, shown at a moment that moves.</summary>
public sealed class Playback(SimulationResult result)
{
    /// <summary>How many seconds of the run pass in one of the person.</summary>
    public static readonly IReadOnlyList<int> Speeds = [1, 10, 60, 600, 3600];

    /// <summary>About how long a person watches when nothing else is chosen.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(12);

    /// <summary>What is shown.</summary>
    public SimulationResult Result { get; } = result;

    /// <summary>Time since the start of the run.</summary>
    public TimeSpan Moment { get; private set; }

    /// <summary>One of <see cref="Speeds"/>.</summary>
    public int Speed { get; set; } = Speeds.FirstOrDefault(speed => result.Total / speed <= Usual, Speeds[^1]);

    /// <summary>The moment moves by itself.</summary>
    public bool Playing { get; private set; } = true;

    /// <summary>Everything was shown.</summary>
    public bool Ended => Moment >= Result.Total;

    /// <summary>Lets time of the person pass.</summary>
    public void Pass(TimeSpan time)
    {
        if (Playing)
            Seek(Moment + (time * Speed));
    }

    /// <summary>Goes to a moment; at the end it stands.</summary>
    public void Seek(TimeSpan moment)
    {
        Moment = moment < TimeSpan.Zero ? TimeSpan.Zero : moment > Result.Total ? Result.Total : moment;
        Playing &= !Ended;
    }

    /// <summary>Stops, goes on, or begins again from the start.</summary>
    public void Toggle()
    {
        if (Ended)
            Moment = TimeSpan.Zero;
        Playing = !Playing;
    }

    /// <summary>How each node looks at the moment.</summary>
    public IReadOnlyDictionary<string, NodePaint> Paints(IReadOnlyList<GraphNode> nodes)
    {
        var now = Result.At(Moment);
        return nodes.ToDictionary(node => node.Name, node => now.TryGetValue(node.Name, out var frame) ? Paint(node, frame) : NodePaint.Empty, StringComparer.Ordinal);
    }

    private NodePaint Paint(GraphNode node, SimulationFrame frame)
    {
        var line = frame.Attempt > 1 && !frame.State.IsTerminal() ? $"attempt {frame.Attempt}" : frame.State is StepState.Failed ? frame.Message : node.Type ?? node.Title;
        return new NodePaint(StateStyle.NameOf(frame.State), line, frame.State is StepState.Applying ? Percent(frame) : 0, false);
    }

    /// <summary>How far the present piece of work is, told from when it ends.</summary>
    private int Percent(SimulationFrame frame)
    {
        var end = Result.Frames.FirstOrDefault(later => later.Node == frame.Node && later.At > frame.At)?.At ?? Result.Total;
        return end > frame.At ? (int)Math.Clamp(100 * ((Moment - frame.At) / (end - frame.At)), 1, 100) : 0;
    }
}
