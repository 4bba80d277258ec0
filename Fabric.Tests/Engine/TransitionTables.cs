using System.Text.RegularExpressions;
using Fabric.Tests.Engine.Simulation;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Engine;

/// <summary>The README of the runs and the transitions of the code tell the same story, and nothing else is possible.</summary>
public sealed partial class TransitionTables
{
    private static string Readme => File.ReadAllText(Path.Combine(Rules.Repository.Root, "Fabric.Workflows", "Runs", "README.md"));

    [Fact]
    public void The_README_lists_the_runs_transitions() =>
        Assert.Equal(RunTransitions.All.Select(t => Row(t.Name, t.From, t.To)), Table("Run transitions"));

    [Fact]
    public void The_README_lists_the_steps_transitions() =>
        Assert.Equal(StepTransitions.All.Select(t => Row(t.Name, t.From, t.To)), Table("Step transitions"));

    [Fact]
    public void The_diagrams_draw_exactly_the_arrows_of_the_tables()
    {
        var run = RunTransitions.All.SelectMany(t => t.From.Select(from => $"{from} --> {t.To}: {t.Name}"));
        var step = StepTransitions.All.SelectMany(t => t.From.Select(from => $"{from} --> {t.To}: {t.Name}"));
        var drawn = Arrow().Matches(Readme).Select(match => match.Groups[1].Value.Trim());
        Assert.Equal(run.Concat(step).Order(StringComparer.Ordinal), drawn.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_run_takes_every_allowed_transition_and_refuses_every_other()
    {
        foreach (var transition in RunTransitions.All)
        {
            foreach (var state in Enum.GetValues<RunState>())
            {
                var run = new PlannerBed([PlannerBed.Step("a")], state).Run;
                Assert.Equal(transition.From.Contains(state), transition.Allows(run));
                if (transition.Allows(run))
                    Assert.Equal(transition.To, transition.Fire(run, DateTimeOffset.UnixEpoch).State);
                else
                    Assert.Equal(state.ToString(), Assert.Throws<WrongStateException>(() => transition.Fire(run, DateTimeOffset.UnixEpoch)).State);
            }
        }
    }

    [Fact]
    public void A_step_takes_every_allowed_transition_and_refuses_every_other()
    {
        foreach (var transition in StepTransitions.All)
        {
            foreach (var state in Enum.GetValues<StepState>())
            {
                var step = PlannerBed.Step("a") with { State = state };
                Assert.Equal(transition.From.Contains(state), transition.Allows(step));
                if (transition.Allows(step))
                    Assert.Equal(transition.To, transition.Fire(step, DateTimeOffset.UnixEpoch).State);
                else
                    Assert.Equal(state.ToString(), Assert.Throws<WrongStateException>(() => transition.Fire(step, DateTimeOffset.UnixEpoch)).State);
            }
        }
    }

    private static string Row<T>(string name, IEnumerable<T> from, T to) => $"{name} | {string.Join(", ", from)} | {to}";

    private static IEnumerable<string> Table(string heading)
    {
        var section = Readme.Split($"## {heading}\n")[1].Split("\n## ")[0];
        return section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => string.Join(" | ", line.Trim('|').Split('|').Take(3).Select(cell => cell.Trim())));
    }

    [GeneratedRegex("^ +(\\w+ --> \\w+: \\w+)$", RegexOptions.Multiline)]
    private static partial Regex Arrow();
}
