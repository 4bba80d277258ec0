using Fabric.Tests.Storage;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Terraform.Drift;

/// <summary>What reverting, ignoring and muting make of a finding, without any database.</summary>
public sealed class DriftDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Kim = new("k", "Kim", ActorKind.Person, Actor.VendorTenant, Role.Sre);

    internal static DriftFinding Finding(string address = "aws_db.this", DriftState state = DriftState.Open, PlanAction action = PlanAction.Update, params FieldChange[] changes) => new()
    {
        Id = Guid.CreateVersion7(Now), Tenant = "acme", EnvironmentId = Guid.CreateVersion7(Now), EntityId = Guid.CreateVersion7(Now), Node = "db", Address = address, Type = address.Split('.')[0],
        Action = action, Changes = changes, State = state, FoundAt = Now, SeenAt = Now,
    };

    [Theory]
    [InlineData(DriftState.Open, true)]
    [InlineData(DriftState.Ignored, true)]
    [InlineData(DriftState.Reverting, false)]
    [InlineData(DriftState.Adopted, false)]
    [InlineData(DriftState.Gone, false)]
    public void Only_what_nobody_works_on_is_decided_on(DriftState state, bool allowed)
    {
        var finding = Finding(state: state, changes: new FieldChange("size", 1, 2));
        bool[] said = [RevertDrift.Decide(finding, Kim).Succeeded, IgnoreDrift.Decide(finding, null, Kim, Now.AddDays(1), "why", Now).Succeeded, MuteDrift.Decide(finding, [finding], Kim, "size", "why", Now).Succeeded];
        Assert.All(said, one => Assert.Equal(allowed, one));
    }

    [Fact]
    public void Reverting_forgets_why_it_was_ignored_and_says_who_decided()
    {
        var decided = RevertDrift.Decide(Finding(state: DriftState.Ignored) with { Until = Now.AddDays(9), Reason = "known" }, Kim).Value;
        Assert.Equal((DriftState.Reverting, "Kim", null, ""), (decided.State, decided.DecidedBy, decided.Until, decided.Reason));
    }

    [Theory]
    [InlineData(RunState.Failed, DriftState.Open, "Run 7, which was to bring it back, failed. Bad luck.")]
    [InlineData(RunState.Cancelled, DriftState.Open, "Run 7, which was to bring it back, was cancelled. Bad luck.")]
    [InlineData(RunState.Superseded, DriftState.Open, "Run 7, which was to bring it back, gave way to another. Bad luck.")]
    [InlineData(RunState.AwaitingApproval, DriftState.Reverting, "")]
    [InlineData(RunState.Succeeded, DriftState.Reverting, "")]
    public void What_is_being_reverted_is_open_again_when_its_run_ended_without_doing_so(RunState ended, DriftState state, string reason)
    {
        var run = Rows.Run(Guid.CreateVersion7(Now)) with { Number = 7, State = ended, Message = "Bad luck.", Why = RevertDrift.Why(Finding()) };
        var stands = RevertDrift.Beside(RevertDrift.Decide(Finding(), Kim).Value, [run]);

        Assert.Equal((state, reason, "Kim"), (stands.State, stands.Reason, stands.DecidedBy));
        Assert.Equal(DriftState.Ignored, RevertDrift.Beside(Finding(state: DriftState.Ignored), [run]).State);
    }

    [Fact]
    public void A_revert_is_told_by_its_own_run_or_by_the_one_that_took_its_place()
    {
        var reverting = RevertDrift.Decide(Finding(), Kim).Value;
        var own = Rows.Run(Guid.CreateVersion7(Now)) with { Number = 5, State = RunState.Succeeded, Why = RevertDrift.Why(reverting) };
        var later = own with { Number = 6, State = RunState.Failed, Why = "" };

        Assert.Equal(DriftState.Reverting, RevertDrift.Beside(reverting, [later, own]).State);
        Assert.Equal(DriftState.Open, RevertDrift.Beside(reverting, [later with { State = RunState.Running }, own with { State = RunState.Cancelled }]).State);
        Assert.Equal(DriftState.Open, RevertDrift.Beside(reverting, [later, own with { State = RunState.Superseded }]).State);
        Assert.Equal(DriftState.Reverting, RevertDrift.Beside(reverting, []).State);
    }

    [Theory]
    [InlineData(0, "why", "until")]
    [InlineData(-1, "why", "until")]
    [InlineData(366, "why", "until")]
    [InlineData(1, " ", "reason")]
    public void Ignoring_wants_a_date_ahead_within_a_year_and_a_reason(int days, string reason, string field) =>
        Assert.Equal(field, IgnoreDrift.Decide(Finding(), null, Kim, Now.AddDays(days), reason, Now).Faults.Single().Field);

    [Fact]
    public void An_ignored_finding_is_open_again_when_its_date_is_over()
    {
        var ignored = IgnoreDrift.Decide(Finding(changes: new FieldChange("size", 1, 2)), null, Kim, Now.AddDays(1), "why", Now).Value;
        var seen = new ResourceChange(ignored.Address, ignored.Type, PlanAction.Update, ignored.Changes);

        Assert.Equal(DriftState.Ignored, DriftRules.Found(seen, ignored, Now.AddHours(23))!.State);
        var open = DriftRules.Found(seen, ignored, Now.AddHours(25))!;
        Assert.Equal((DriftState.Open, "It was ignored until 2026-03-02: “why”."), (open.State, open.Reason));
    }

    public static TheoryData<string, PlanAction, FieldChange[], DriftState, string> SeenAgain => new()
    {
        { "the same", PlanAction.Update, [new("tags.cost", "a", "b"), new("ports[0]", 1, 2)], DriftState.Ignored, "why" },
        { "less", PlanAction.Update, [new("ports[0]", 1, 2)], DriftState.Ignored, "why" },
        { "something else too", PlanAction.Update, [new("tags.cost", "a", "b"), new("ports[0]", 1, 2), new("open", null, true)], DriftState.Open, "It was ignored (“why”); since then it came to differ in open." },
        { "another value", PlanAction.Update, [new("tags.cost", "a", "c"), new("ports[0]", 1, 2)], DriftState.Open, "It was ignored (“why”); since then it came to differ in tags.cost." },
        { "a secret value", PlanAction.Update, [new("tags.cost", null, null, Sensitive: true)], DriftState.Open, "It was ignored (“why”); since then it came to differ in tags.cost." },
        { "nothing left of it", PlanAction.Delete, [new("tags.cost", "a", "b"), new("ports[0]", 1, 2)], DriftState.Open, "It was ignored (“why”); since then it was deleted." },
    };

    [Theory]
    [MemberData(nameof(SeenAgain))]
    public void An_ignored_finding_is_open_again_when_it_differs_in_what_nobody_decided_on(string what, PlanAction action, FieldChange[] changes, DriftState state, string reason)
    {
        var ignored = IgnoreDrift.Decide(Finding(changes: [new("tags.cost", "a", "b"), new("ports[0]", 1, 2)]), null, Kim, Now.AddDays(300), "why", Now).Value;

        var found = DriftRules.Found(new ResourceChange(ignored.Address, ignored.Type, action, changes), ignored, Now.AddDays(1))!;

        Assert.Equal((what, state, reason, "Kim"), (what, found.State, found.Reason, found.DecidedBy));
        Assert.Equal(changes, found.Changes);
        Assert.Equal(state is DriftState.Ignored, found.Until is not null);
    }

    [Fact]
    public void What_is_muted_opens_no_finding_that_is_ignored()
    {
        var ignored = IgnoreDrift.Decide(Finding(changes: new FieldChange("size", 1, 2)), null, Kim, Now.AddDays(9), "why", Now).Value;
        var mute = MuteDrift.Decide(Finding(changes: new FieldChange("tags.cost", "a", "b")), [], Kim, "tags", "the owner's", Now).Value.Mute;
        var seen = DriftRules.Heard(new ResourceChange(ignored.Address, ignored.Type, PlanAction.Update, [new("size", 1, 2), new("tags.cost", "a", "b")]), [mute])!;

        Assert.Equal(DriftState.Ignored, DriftRules.Found(seen, ignored, Now.AddDays(1))!.State);
    }

    [Fact]
    public void Muting_takes_the_attribute_out_of_every_finding_of_the_type_and_ends_those_of_which_nothing_is_left()
    {
        var (cost, other) = (new FieldChange("tags.cost", "a", "b"), new FieldChange("size", 1, 2));
        var shown = Finding("aws_db.one", changes: cost);
        DriftFinding[] all = [shown, Finding("aws_db.two", changes: [cost, other]), Finding("aws_vpc.this", changes: cost), Finding("aws_db.three", changes: other)];

        var decided = MuteDrift.Decide(shown, all, Kim, "tags", "the owner's", Now).Value;

        Assert.Equal(("aws_db", "tags", "the owner's", "Kim"), (decided.Mute.Type, decided.Mute.Path, decided.Mute.Reason, decided.Mute.ActorName));
        Assert.Equal(["aws_db.one Gone", "aws_db.two Open size"], decided.Findings.Select(pair => $"{pair.After.Address} {pair.After.State} {(pair.After.State is DriftState.Gone ? "" : string.Join(',', pair.After.Changes.Select(c => c.Path)))}".Trim()));
    }

    [Fact]
    public void An_attribute_that_does_not_differ_cannot_be_muted_and_neither_can_one_of_what_is_gone()
    {
        var finding = Finding(changes: new FieldChange("size", 1, 2));
        Assert.Equal("path", MuteDrift.Decide(finding, [finding], Kim, "tags", "why", Now).Faults.Single().Field);
        Assert.Equal("path", MuteDrift.Decide(finding, [finding], Kim, "", "why", Now).Faults.Single().Field);
        Assert.Equal("ResourceGone", MuteDrift.Decide(finding with { Action = PlanAction.Delete }, [], Kim, "size", "why", Now).Faults.Single().Code);
    }
}
