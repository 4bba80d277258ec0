using System.Text.Json.Nodes;
using Bunit;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;

namespace Fabric.Tests.Pages.Portal;

/// <summary>Two people change one environment: each sends what they changed and nothing else, and who was slower is told.</summary>
public sealed class OvertakenVersionTests : PageBed
{
    private IRenderedComponent<EnvironmentPage> OpenTab()
    {
        Feed(1, 7);
        foreach (var number in (int[])[8, 7])
            Desk.Versions.Add(new BlueprintVersionView(new BlueprintVersionLine("pinot", "Pinot", number, Samples.Now, "Ada", ""), "", "", []));
        Desk.Form = new BlueprintForm("pinot", 7, "Pinot", [], [Samples.Node("network", "Network"), Samples.Node("cluster", "Cluster")], []);
        Desk.Preview = Samples.Preview;
        Desk.Change = new ChangeAccepted(Samples.EnvironmentId, Samples.RunId, 3);
        return Open<EnvironmentPage>(Samples.Owner, $"portal/environments/{Samples.EnvironmentId}?tab=version", (nameof(EnvironmentPage.Id), Samples.EnvironmentId));
    }

    private void Feed(int generation, int version)
    {
        var view = Samples.View();
        Desk.Environments[Samples.EnvironmentId] = view with { Desired = view.Desired with { Number = generation, BlueprintVersion = version } };
    }

    /// <summary>Leaves the network out and asks for the plan of it.</summary>
    private static void Review(IRenderedComponent<EnvironmentPage> page)
    {
        page.FindAll(".part input")[1].Change(true);
        page.Find("#note-reason").Change("Moved by hand.");
        Button(page, "Review the plan").Click();
    }

    private static (int?, string?, JsonObject?, int?) Parts(BlueprintChange change) =>
        (change.Version, change.NoOp is null ? null : string.Join(',', change.NoOp), change.Adopted, change.ExpectedGeneration);

    [Fact]
    public void A_flag_alone_sends_no_version_and_the_generation_it_was_set_on()
    {
        var page = OpenTab();

        Review(page);

        Assert.Equal((null, "cluster", null, 1), Parts(Desk.Changed!));
    }

    [Fact]
    public void An_upgrade_alone_sends_no_flags()
    {
        var page = OpenTab();

        page.Find("#version").Change("8");
        Button(page, "Review the plan").Click();

        Assert.Equal((8, null, null, 1), Parts(Desk.Changed!));
    }

    [Fact]
    public void Who_was_slower_sees_what_changed_and_keeps_the_edit()
    {
        var page = OpenTab();
        Review(page);
        Desk.Change = new OperationFault(FaultKind.PreconditionFailed, "RevisionChanged", "Someone was faster.");
        Feed(2, 8);

        Button(page, "Change and run").Click();
        Assert.Contains("It is to be version 8 now; you were looking at version 7.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.True(Button(page, "Review the plan").HasAttribute("disabled"));
        Button(page, "Load the newest and keep my changes").Click();
        Button(page, "Review the plan").Click();

        Assert.Equal((null, "cluster", null, 2), Parts(Desk.Changed!));
        Assert.Equal("Moved by hand.", Desk.Changed!.Note?.Reason);
    }

    [Fact]
    public void A_change_that_comes_in_while_a_plan_is_read_stops_it_before_it_is_asked_for()
    {
        var page = OpenTab();
        Review(page);
        Feed(2, 8);
        Desk.Notify(Samples.EnvironmentId);
        Settle();

        page.WaitForAssertion(() => Assert.Contains("Someone changed this environment while you were choosing", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() is "Change and run" or "Go back to version 7" && !button.HasAttribute("disabled"));
    }

    [Fact]
    public void What_the_form_fills_in_is_nobodys_change()
    {
        var start = Samples.View().Desired;
        var edit = new BlueprintEdit(start);
        var required = JsonNode.Parse("""{"network":{"type":"object","properties":{"vpcId":{"type":"string"}}}}""")!.AsObject();

        edit.Take(new BlueprintForm("pinot", 7, "Pinot", [], [Samples.Node("network", "Network", noOp: true)], required), _ => new JsonObject { ["vpcId"] = "vpc-1" });

        Assert.False(edit.Dirty);
        Assert.Equal((null, null, null, 1), Parts(edit.ToChange()));
    }

    [Fact]
    public void What_others_left_out_meanwhile_stays_left_out()
    {
        var start = Samples.View().Desired with { NoOp = ["storage", "agent"] };
        var edit = new BlueprintEdit(start);
        edit.Toggle("cluster", true);
        edit.Toggle("agent", false);

        var again = edit.On(start with { Number = 2, NoOp = ["storage", "agent", "network"] });

        Assert.Equal(["cluster", "network", "storage"], again.NoOp.Order());
    }
}
