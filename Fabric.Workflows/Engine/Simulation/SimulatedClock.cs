namespace Fabric.Workflows.Engine.Simulation;

/// <summary>A clock that stands until it is told the time.</summary>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
