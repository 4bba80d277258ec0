namespace Fabric.Tests.Journeys;

/// <summary>What a person sits before.</summary>
/// <param name="Still">Prefers reduced motion, so that what is measured holds still.</param>
public sealed record Screen(int Width, int Height, bool Dark = false, bool Still = false)
{
    public static Screen Desk { get; } = new(1440, 900);

    public override string ToString() => $"{Width}×{Height} {(Dark ? "dark" : "light")}";
}
