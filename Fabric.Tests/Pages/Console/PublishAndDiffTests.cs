using System.Text.Json.Nodes;
using Bunit;
using Fabric.Web.ConsoleView.Blueprints;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;

namespace Fabric.Tests.Pages.Console;

public sealed class PublishAndDiffTests : PageBed
{
    private static readonly BlueprintDiff Diff = new(
        ["cluster"], ["old"], [new NodeChange("network", null, [new Fabric.Workflows.Blueprints.FieldChange("config.size", JsonValue.Create(3), JsonValue.Create(5))])], [], [], []);

    private static BlueprintSide Side(int? version, string text, params Fault[] faults) => new(version, text, faults.Length > 0 ? [] : Samples.Nodes, faults);

    private static PublishPreview Preview(bool unchanged = false, params Fault[] faults) =>
        new(5, 9, new BlueprintComparison(Side(8, "size: 3\n"), Side(null, "size: 5\n", faults), faults.Length > 0 ? null : Diff), unchanged);

    private static EnvironmentImpact Line(string name, bool can) => new(
        Guid.CreateVersion7(Samples.Now), "sample", name, "local", "sandbox", EnvironmentState.Ready, 8, can,
        can ? [] : [new ImpactReason("InvalidParameter", "parameters.servers is missing.", "parameters.servers")],
        can ? new ImpactCounts(1, 2, 0, 0, 0, 3) : new ImpactCounts(0, 0, 0, 0, 0, 0), can ? [new ImpactStep("cluster", PlanAction.Create)] : []);

    private IRenderedComponent<PublishPage> OpenPublish(Actor actor) => Open<PublishPage>(actor, "console/blueprints/pinot/publish", (nameof(PublishPage.Name), "pinot"));

    private IRenderedComponent<DiffPage> OpenDiff(string query = "")
    {
        Desk.Versions.AddRange([.. ((int[])[8, 7]).Select(number => new BlueprintVersionView(new BlueprintVersionLine("pinot", "Pinot", number, Samples.Now, "Ada", ""), "", "", []))]);
        return Open<DiffPage>(Samples.Sre, $"console/blueprints/pinot/diff{query}", (nameof(DiffPage.Name), "pinot"));
    }

    [Fact]
    public void Publishing_shows_what_changes_and_what_environments_would_meet_and_wants_a_message()
    {
        Blueprints.Preview = Preview();
        Blueprints.Impact = new BlueprintImpact("pinot", 9, true, [Line("analytics", true), Line("other", false)], [new UnreachableCell("west", "it is late.")]);
        Blueprints.Published = 9;
        var page = OpenPublish(Samples.Admin);

        Assert.Contains("What changes since version 8", page.Markup, StringComparison.Ordinal);
        Assert.Contains("config.size", page.Markup, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("1 of 2 environments could become it as they are.", page.Markup, StringComparison.Ordinal));
        Assert.Contains("1 to create", page.Markup, StringComparison.Ordinal);
        Assert.Contains("parameters.servers is missing.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Cell west does not answer", page.Markup, StringComparison.Ordinal);
        page.Find("form").Submit();
        Assert.Contains("Say why, in a line", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(Blueprints.Deeds, deed => deed.StartsWith("publish", StringComparison.Ordinal));
        page.Find("#message").Input("Larger servers.");
        page.Find("form").Submit();

        Assert.Contains("publish draft 5: Larger servers.", Blueprints.Deeds);
        Assert.EndsWith("console/blueprints/pinot?version=9", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stood_in_the_way_stays_on_the_page()
    {
        Blueprints.Preview = Preview();
        Blueprints.Published = new OperationFault(FaultKind.PreconditionFailed, "DraftChanged", "Sam changed the draft of pinot in the meantime.");
        var page = OpenPublish(Samples.Admin);

        page.Find("#message").Input("Larger.");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Sam changed the draft of pinot in the meantime.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Faults_are_listed_with_their_place_and_nothing_can_be_published()
    {
        Blueprints.Preview = Preview(false, new Fault("X", "pinot.yaml", 7, 3, "There is no node 'netwrok'."));

        var page = OpenPublish(Samples.Admin);

        Assert.Contains("It cannot be published yet", page.Markup, StringComparison.Ordinal);
        Assert.Contains("pinot.yaml, line 7", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("form"));
        Assert.DoesNotContain("impact", Blueprints.Deeds);
    }

    [Fact]
    public void The_same_text_again_is_nothing_to_publish()
    {
        Blueprints.Preview = Preview(unchanged: true);

        Assert.Contains("There is nothing to publish", OpenPublish(Samples.Admin).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_publish_sees_what_would_happen_and_no_form()
    {
        Blueprints.Preview = Preview();

        var page = OpenPublish(Samples.Sre);

        Assert.Empty(page.FindAll("form"));
        Assert.Contains("may look at this and not publish", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_customer_sees_nothing_of_it()
    {
        Assert.Contains("This side is the vendor's", OpenPublish(Samples.Owner).Markup, StringComparison.Ordinal);
        Assert.Empty(Blueprints.Deeds);
    }

    [Fact]
    public void Two_states_stand_on_one_canvas_with_their_fields_and_their_lines()
    {
        Blueprints.Comparison = new BlueprintComparison(Side(8, "size: 3\n"), Side(null, "size: 5\n"), Diff);

        var page = OpenDiff();

        Assert.Contains("compare 8 draft", Blueprints.Deeds);
        Assert.Contains("1 added", page.Find(".counts").TextContent, StringComparison.Ordinal);
        Assert.Equal(("size: 3", "size: 5"), (page.Find("del").TextContent, page.Find("ins").TextContent));
        Assert.Equal(["-", "+"], page.FindAll(".text-diff .sign").Select(sign => sign.TextContent));
        Assert.Contains("old", page.Find(".diff-list").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_compared_and_the_chosen_node_stand_in_the_address()
    {
        Blueprints.Comparison = new BlueprintComparison(Side(7, ""), Side(8, ""), Diff);

        var page = OpenDiff("?from=7&to=8&node=network");

        Assert.Contains("compare 7 8", Blueprints.Deeds);
        Assert.DoesNotContain("old", page.Find(".diff-list").TextContent, StringComparison.Ordinal);
        Button(page, "Swap").Click();
        Assert.Contains("from=8&to=7", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_with_faults_is_compared_by_its_text()
    {
        Blueprints.Comparison = new BlueprintComparison(Side(8, "a\n"), Side(null, "b\n", new Fault("X", "pinot.yaml", 1, 1, "It is no map.")), null);

        var page = OpenDiff();

        Assert.Contains("The draft has faults, so only its text can be compared.", page.Markup, StringComparison.Ordinal);
        Assert.Single(page.FindAll("ins"));
    }

    [Fact]
    public void A_blueprint_without_versions_has_nothing_to_compare()
    {
        Blueprints.Lives.Add(new BlueprintLife("pinot", "Pinot", new DraftLine(1, Samples.Now, "Ada", true), null, 0, []));

        Assert.Contains("There is nothing to compare yet", Open<DiffPage>(Samples.Sre, "console/blueprints/pinot/diff", (nameof(DiffPage.Name), "pinot")).Markup, StringComparison.Ordinal);
    }
}
