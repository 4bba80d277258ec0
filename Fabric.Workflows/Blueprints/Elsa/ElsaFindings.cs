namespace Fabric.Workflows.Blueprints.Elsa;

/// <summary>Collects findings; a hostile file cannot make the list longer than a person reads.</summary>
internal sealed class ElsaFindings
{
    /// <summary>Most findings of each kind that are listed.</summary>
    public const int Most = 100;

    private readonly List<ElsaFinding> fatal = [];
    private readonly List<ElsaFinding> notices = [];
    private int more;

    public bool AnyFatal => fatal.Count > 0;

    public void Fatal(string code, string path, string message, string? activity = null) => Add(fatal, new ElsaFinding(code, true, path, message, activity));

    public void Notice(string code, string path, string message, string? activity = null) => Add(notices, new ElsaFinding(code, false, path, message, activity));

    /// <summary>What stops the import first, each group in the order of the file.</summary>
    public IReadOnlyList<ElsaFinding> ToList()
    {
        List<ElsaFinding> all = [.. fatal, .. notices];
        if (more > 0)
            all.Add(new ElsaFinding(ElsaFindingCodes.MoreFindings, false, "$", $"There are {more} more findings like these; mend these first."));
        return all;
    }

    private void Add(List<ElsaFinding> to, ElsaFinding finding)
    {
        if (to.Count < Most)
            to.Add(finding);
        else
            more++;
    }
}
