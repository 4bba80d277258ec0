namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>How often environments are looked at for drift: section <c>Fabric:Drift</c>.</summary>
public sealed class DriftOptions
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Fabric:Drift";

    /// <summary>Time between two looks at an environment; up to a quarter more, another for each, so that they do not come all at once. Zero for never.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Looks in one cloud account at once, those of every cell together. Looks that a person asks for count, and are not held up.</summary>
    public int PerAccount { get; set; } = 2;

    /// <summary>Everything that is wrong, each with its key.</summary>
    public IEnumerable<string> Faults()
    {
        if (Every != TimeSpan.Zero && (Every < TimeSpan.FromMinutes(5) || Every > TimeSpan.FromDays(365)))
            yield return $"{Section}:{nameof(Every)} is {Every}; it must be between 5 minutes and a year, or 0 for never.";
        if (PerAccount is < 1 or > 64)
            yield return $"{Section}:{nameof(PerAccount)} is {PerAccount}; it must be between 1 and 64.";
    }
}
