using Fabric.Workflows.Runs;

namespace Fabric.Web.Portal.Environments;

/// <summary>Words about runs.</summary>
public static class RunText
{
    /// <summary>What it does.</summary>
    public static string Kind(Run run) => run.Kind switch
    {
        RunKind.Apply => "Apply",
        RunKind.Destroy => "Destroy",
        RunKind.Check => "Check",
        RunKind.HandOver => "Hand over",
        _ => run.Operation ?? "Operation",
    };

    /// <summary>How it is, in one sentence.</summary>
    public static string Sentence(Run run) => run.Message.Length > 0
        ? run.Message
        : $"{run.StepsDone} of {run.StepsTotal} steps are over.";

    /// <summary>How long something took, or takes so far; empty before it started.</summary>
    public static string Duration(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        if (from is not { } start)
            return "";
        var span = (to ?? now) - start;
        return span switch
        {
            { TotalSeconds: < 1 } => "< 1 s",
            { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} s",
            { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min {span.Seconds} s",
            _ => $"{(int)span.TotalHours} h {span.Minutes} min",
        };
    }
}
