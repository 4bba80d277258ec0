using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Engine.Simulation;

/// <summary>Why a run took as long as it did.</summary>
public static class CriticalPath
{
    /// <summary>The steps that added time: from the one that ended last back over what each waited for longest.</summary>
    public static IReadOnlyList<PathStep> Of(IReadOnlyList<Step> steps, DateTimeOffset start) => [.. Chain(steps, start).Where(step => step.Took > TimeSpan.Zero)];

    /// <summary>The same with the steps between them that took no time.</summary>
    public static IReadOnlyList<PathStep> Chain(IReadOnlyList<Step> steps, DateTimeOffset start)
    {
        var byNode = steps.Where(step => step.EndedAt is not null).ToDictionary(step => step.Node, StringComparer.Ordinal);
        var path = new List<PathStep>();
        for (var at = Last(byNode.Values); at is not null;)
        {
            var before = Last(at.DependsOn.Select(byNode.GetValueOrDefault).OfType<Step>());
            var from = before?.EndedAt ?? start;
            path.Insert(0, new PathStep(at.Node, from - start, at.EndedAt!.Value - from));
            at = before;
        }

        return path;
    }

    private static Step? Last(IEnumerable<Step> steps) => steps.OrderByDescending(step => step.EndedAt).ThenBy(step => step.Order).FirstOrDefault();
}
