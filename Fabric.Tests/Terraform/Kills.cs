using System.Globalization;

namespace Fabric.Tests.Terraform;

/// <summary>How many kills: a few in every run of the tests, as many as one likes in a soak.</summary>
public static class Kills
{
    /// <summary>Environment variable with the number of kills of each kind.</summary>
    public const string Variable = "FABRIC_KILLS";

    /// <summary>Seeds of the moments.</summary>
    /// <param name="usual">How many when nobody says otherwise.</param>
    public static TheoryData<int> Seeds(int usual) => [.. Enumerable.Range(1, Count(usual))];

    /// <summary>The number of kills.</summary>
    public static int Count(int usual) => int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var count) ? count : usual;
}
