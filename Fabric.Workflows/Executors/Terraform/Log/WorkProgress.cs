namespace Fabric.Workflows.Executors.Terraform.Log;

/// <summary>How far a process is, told from its log.</summary>
public sealed class WorkProgress
{
    private readonly Dictionary<string, LogEvent> started = new(StringComparer.Ordinal);
    private readonly List<LogEvent> completed = [];
    private readonly List<string> errors = [];

    /// <summary>Pieces of work on resources that are done.</summary>
    public int Done => completed.Count;

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<LogEvent> Completed => completed;

    /// <summary>What began and did not end.</summary>
    public IReadOnlyCollection<LogEvent> UnderWay => started.Values;

    /// <summary>What Terraform called errors, in order.</summary>
    public IReadOnlyList<string> Errors => errors;

    /// <summary>The newest line that says something.</summary>
    public string Last { get; private set; } = "";

    /// <summary>What was done in all, in Terraform's words; empty while it has not said so.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Takes a line in.</summary>
    public void Take(LogEvent line)
    {
        if (line.Text.Length > 0)
            Last = line.Text;
        switch (line.Kind)
        {
            case LogEventKind.Started:
                started[line.Address] = line;
                break;
            case LogEventKind.Completed:
                started.Remove(line.Address);
                completed.Add(line);
                break;
            case LogEventKind.Summary:
                Summary = line.Text;
                break;
            // Whether a failed piece of work left something is not known: it stays under way.
            case LogEventKind.Diagnostic when line.IsError:
                errors.Add(line.Text);
                break;
        }
    }
}
