using System.Text.Json.Nodes;
using Bunit;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;

namespace Fabric.Tests.Pages.Portal;

public sealed class VersionTabTests : PageBed
{
    private static readonly JsonObject NetworkOutputs = JsonNode.Parse("""{"network":{"type":"object","properties":{"vpcId":{"type":"string"}},"required":["vpcId"]}}""")!.AsObject();

    private IRenderedComponent<EnvironmentPage> OpenTab(EnvironmentView? view = null)
    {
        Desk.Environments[Samples.EnvironmentId] = view ?? Samples.View();
        foreach (var number in (int[])[8, 7])
            Desk.Versions.Add(new BlueprintVersionView(new BlueprintVersionLine("pinot", "Pinot", number, Samples.Now, "Ada", ""), "", "", []));
        Desk.Form = Form([]);
        Desk.Preview = Samples.Preview;
        Desk.Change = new ChangeAccepted(Samples.EnvironmentId, Samples.RunId, 3);
        return Open<EnvironmentPage>(Samples.Owner, $"portal/environments/{Samples.EnvironmentId}?tab=version", (nameof(EnvironmentPage.Id), Samples.EnvironmentId));
    }

    private static BlueprintForm Form(JsonObject required, bool networkLeftOut = false) =>
        new("pinot", 7, "Pinot", [], [Samples.Node("network", "Network", networkLeftOut), Samples.Node("cluster", "Cluster")], required);

    [Fact]
    public void An_upgrade_is_shown_as_a_plan_before_it_is_started()
    {
        var page = OpenTab();
        Assert.Contains("version 8 is the newest", page.Markup, StringComparison.Ordinal);

        page.Find("#version").Change("8");
        Button(page, "Review the plan").Click();
        Assert.Contains("1 to create", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("change blueprint", Desk.Deeds);
        page.Find("#why-version").Change("Safer.");
        Button(page, "Upgrade to version 8").Click();

        Assert.Equal((8, "Safer.", null), (Desk.Changed!.Version, Desk.Changed.Message, Desk.Changed.Note));
        Assert.Contains("change blueprint", Desk.Deeds);
    }

    [Fact]
    public void A_deprecated_version_is_marked_and_a_retired_one_is_no_choice()
    {
        Desk.Versions.AddRange(
        [
            new BlueprintVersionView(new BlueprintVersionLine("pinot", "Pinot", 10, Samples.Now, "Ada", "") { Stage = VersionStage.Retired, StageReason = "Gone." }, "", "", []),
            new BlueprintVersionView(new BlueprintVersionLine("pinot", "Pinot", 9, Samples.Now, "Ada", "") { Stage = VersionStage.Deprecated, StageReason = "Use eight." }, "", "", []),
        ]);

        var page = OpenTab();
        Assert.Contains("version 8 is the newest", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["Version 9, deprecated", "Version 8", "Version 7, as it is"], page.FindAll("#version option").Select(option => option.TextContent));

        page.Find("#version").Change("9");
        Assert.Equal("Version 9 is deprecated: Use eight.", page.Find(".says-under .error").TextContent);
    }

    [Fact]
    public void Leaving_a_part_out_says_its_cost_and_wants_an_owner_a_reason_and_a_day()
    {
        var page = OpenTab(Samples.View(entities: [Samples.Entity("network") with { Outputs = new JsonObject { ["vpcId"] = "vpc-1", ["more"] = 1 } }]));
        Desk.Form = Form((JsonObject)NetworkOutputs.DeepClone(), networkLeftOut: true);

        page.FindAll(".part input")[0].Change(true);
        Assert.Contains("1 step is held: network. 1 output has to be given.", page.Markup, StringComparison.Ordinal);
        page.Find("#note-reason").Change("Moved by hand.");
        page.Find("#note-expires").Change("2026-04-01");
        Button(page, "Review the plan").Click();

        Assert.Equal(new NoOpNote("Olga", "Moved by hand.", new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero)), Desk.Changed?.Note);
        Assert.Equal("""{"network":{"vpcId":"vpc-1"}}""", Desk.Changed?.Adopted?.ToJsonString());
    }

    [Fact]
    public void What_is_missing_is_said_at_its_field()
    {
        var page = OpenTab();
        Desk.Form = Form([], networkLeftOut: true);
        page.FindAll(".part input")[0].Change(true);
        Desk.Preview = new OperationFault(FaultKind.Invalid, "MissingReason", "Say why it is left out.", "note.reason");

        Button(page, "Review the plan").Click();

        Assert.Equal("Say why it is left out.", page.Find("#note-reason-says [role=alert]").TextContent);
    }

    [Fact]
    public void A_flag_that_has_expired_is_called_out()
    {
        var view = Samples.View();
        var notes = NoOpNote.Carry(null, [], ["network"], new NoOpNote("Olga", "For a week.", Samples.Now.AddDays(-1)));
        var page = OpenTab(view with { Desired = view.Desired with { NoOp = ["network"], NoOpNotes = notes } });

        Assert.Contains("The no-op of network has expired", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_stay_with_their_flags_and_go_with_them()
    {
        var week = new NoOpNote("Olga", "For a week.", null);
        var first = NoOpNote.Carry(null, [], ["a"], week);
        var second = NoOpNote.Carry(first, ["a"], ["a", "b"], week with { Owner = "Eli" });

        Assert.Equal(["Olga", "Eli"], NoOpNote.Of(second).OrderBy(pair => pair.Key).Select(pair => pair.Value.Owner));
        Assert.Null(NoOpNote.Carry(second, ["a", "b"], [], null));
    }
}
