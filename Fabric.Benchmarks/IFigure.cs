namespace Fabric.Benchmarks;

/// <summary>One figure that the README quotes.</summary>
internal interface IFigure
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>What is measured, in a sentence.</summary>
    string Title { get; }

    /// <summary>Measures once.</summary>
    /// <param name="folder">Empty folder for the databases.</param>
    Task<IReadOnlyList<Measure>> MeasureAsync(string folder);
}

/// <summary>One measured value.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Goal">The goal, as text; empty when there is none.</param>
internal sealed record Measure(string Name, double Value, string Unit, string Goal = "");
