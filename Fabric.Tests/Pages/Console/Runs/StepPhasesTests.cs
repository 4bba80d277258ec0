using Fabric.Web.ConsoleView.Runs.Detail;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Console.Runs;

public sealed class StepPhasesTests
{
    private static Step Step(StepState state, int started, int? ended, StepKind kind = StepKind.Entity) =>
        Samples.Step("network", state) with { Kind = kind, StartedAt = At(started), EndedAt = ended is { } end ? At(end) : null };

    private static DateTimeOffset At(int seconds) => Samples.Now.AddSeconds(seconds);

    private static string Read(Step step, int? free, int until, params (int At, string Kind, int Attempt)[] lines) => string.Join(
        " ",
        StepPhases.Of(step, [.. lines.Select(line => RunSamples.Event("network", line.Kind, line.At, line.Attempt))], free is { } at ? At(at) : null, At(until))
            .Select(bar => $"{bar.Attempt}:{bar.Phase}:{(bar.From - Samples.Now).TotalSeconds}-{(bar.To - Samples.Now).TotalSeconds}{(bar.Failed ? "!" : "")}"));

    [Fact]
    public void A_step_waits_is_planned_applied_and_verified() =>
        Assert.Equal(
            "1:Waiting:1-3 1:Planning:3-5 1:Applying:5-9 1:Verifying:9-12",
            Read(Step(StepState.Succeeded, 3, 12), 1, 20, (5, "StepStarted", 1), (9, "StepVerifying", 1), (12, "StepSucceeded", 1)));

    [Fact]
    public void A_failed_try_is_marked_and_the_wait_belongs_to_the_next() =>
        Assert.Equal(
            "1:Planning:0-1 1:Applying:1-4! 2:Waiting:4-6 2:Applying:6-8",
            Read(Step(StepState.Succeeded, 0, 8), 0, 20, (1, "StepStarted", 1), (4, "StepRetry", 1), (6, "StepStarted", 2), (8, "StepSucceeded", 2)));

    [Fact]
    public void Between_its_failure_and_a_persons_retry_a_step_does_nothing() =>
        Assert.Equal(
            "1:Applying:0-4! 2:Waiting:60-61 2:Applying:61-63",
            Read(Step(StepState.Succeeded, 0, 63), 0, 99, (0, "StepStarted", 1), (4, "StepFailed", 1), (60, "StepRetry", 1), (61, "StepStarted", 2), (63, "StepSucceeded", 2)));

    [Fact]
    public void What_goes_is_cut_now() =>
        Assert.Equal("1:Planning:0-2 1:Applying:2-7", Read(Step(StepState.Applying, 0, null), 0, 7, (2, "StepStarted", 1)));

    [Fact]
    public void Work_that_nobody_saw_is_told_apart() =>
        Assert.Equal(
            "1:Applying:0-3 1:Unseen:3-5 1:Applying:5-6",
            Read(Step(StepState.Succeeded, 0, 6), 0, 9, (0, "StepStarted", 1), (3, "StepUnknown", 1), (5, "StepProgress", 1), (6, "StepSucceeded", 1)));

    [Fact]
    public void A_gate_asks() =>
        Assert.Equal("1:Asking:2-30", Read(Step(StepState.Succeeded, 2, 30, StepKind.Approval), 2, 99, (2, "StepAwaitingApproval", 0), (30, "StepSucceeded", 0)));

    [Fact]
    public void What_was_asked_anew_begins_with_its_first_line() =>
        Assert.Equal(
            "1:Asking:2-5! 1:Waiting:8-9 1:Asking:9-12",
            Read(Step(StepState.Succeeded, 9, 12, StepKind.Approval), 2, 99, (2, "StepAwaitingApproval", 0), (5, "StepFailed", 0), (8, "StepRetry", 0), (9, "StepAwaitingApproval", 0), (12, "StepSucceeded", 0)));

    [Fact]
    public void A_step_that_nothing_lets_go_has_no_time() =>
        Assert.Equal("", Read(Samples.Step("network", StepState.Blocked), null, 9));
}
