using Bunit;
using Fabric.Web.ConsoleView.Environments;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using MudBlazor;

namespace Fabric.Tests.Pages.Portal;

/// <summary>What a person decides at the end of an environment: what is left in a network, and handing over.</summary>
public sealed class EndsOfAnEnvironmentTests : PageBed
{
    private static readonly Dictionary<string, string> NoTags = [];

    private static Entity Made(EntityState state) => Samples.Entity("network", state) with { Executor = ExecutorNames.Terraform };

    private IRenderedComponent<EnvironmentPage> Show(Actor actor, EnvironmentView view, string query = "")
    {
        Desk.Environments[Samples.EnvironmentId] = view with { Environment = view.Environment with { Cloud = "aws" } };
        Desk.Change = new ChangeAccepted(Samples.EnvironmentId, Samples.RunId, 0);
        return Open<EnvironmentPage>(actor, $"portal/environments/{Samples.EnvironmentId}{query}", (nameof(EnvironmentPage.Id), Samples.EnvironmentId));
    }

    private IRenderedComponent<EnvironmentPage> ShowLeftovers(Actor actor) => Show(actor, ViewOfLeftovers(), "?node=network");

    private EnvironmentView ViewOfLeftovers()
    {
        Terraform.Leftovers.AddRange([new CloudResource("aws_lb", "arn:front", "front", NoTags), new CloudResource("aws_subnet", "subnet-7", "", NoTags)]);
        var step = Samples.Step("network", StepState.Failed) with { Executor = ExecutorNames.Terraform, Reason = Reasons.LeftoversInNetwork, Message = "Nothing was destroyed.", Action = PlanAction.Delete };
        return Samples.View(Samples.RunView(Samples.Run(RunState.Failed), [step]));
    }

    [Fact]
    public void What_is_left_in_a_network_is_removed_piece_by_piece_after_a_question()
    {
        var page = ShowLeftovers(Samples.Owner);
        var dialogs = Render<MudDialogProvider>();
        Assert.Equal(["aws_lb arn:front front", "aws_subnet subnet-7"], page.FindAll(".leftover-part label").Select(label => string.Join(' ', label.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.True(page.FindAll(".leftover-part button")[0].HasAttribute("disabled"));

        page.FindAll(".leftover-part input")[1].Change(true);
        Button(page, "Remove 1 of 2").Click();
        Assert.Empty(Terraform.Deeds);
        Assert.Contains("subnet-7: removed from the account now", dialogs.Markup, StringComparison.Ordinal);
        Button(dialogs, "Remove").Click();

        page.WaitForAssertion(() => Assert.Equal("remove subnet-7", Terraform.Deeds[^1]));
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".leftover-part label")));
    }

    [Fact]
    public void Who_may_not_delete_is_offered_no_removal() => Assert.Empty(ShowLeftovers(Samples.Viewer).FindAll(".leftover-part"));

    [Theory]
    [InlineData(Role.Sre, true)]
    [InlineData(Role.Support, false)]
    public void The_console_offers_the_removal_to_who_may_delete(Role role, bool offered)
    {
        Desk.Environments[Samples.EnvironmentId] = ViewOfLeftovers();

        var page = Open<ConsoleEnvironmentPage>(
            role is Role.Sre ? Samples.Sre : Samples.Support, $"console/environments/{Samples.EnvironmentId}?node=network", (nameof(ConsoleEnvironmentPage.Id), Samples.EnvironmentId));

        Assert.Equal(offered ? 2 : 0, page.FindAll(".leftover-part label").Count);
    }

    [Fact]
    public void Handing_over_asks_for_the_name_first()
    {
        var page = Show(Samples.Owner, Samples.View(entities: [Made(EntityState.Ready)]));
        var dialogs = Render<MudDialogProvider>();

        Button(page, "Hand over").Click();

        Assert.Contains("Everything stays as it is in the account and the cluster", dialogs.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(Desk.Deeds, deed => deed.StartsWith("start", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Role.Owner, EntityState.HandedOver, true)]
    [InlineData(Role.Owner, EntityState.Abandoned, true)]
    [InlineData(Role.Owner, EntityState.Destroyed, false)]
    [InlineData(Role.Viewer, EntityState.HandedOver, false)]
    public void What_was_let_go_can_be_downloaded_by_its_owner(Role role, EntityState state, bool offered)
    {
        var page = Show(role is Role.Owner ? Samples.Owner : Samples.Viewer, Samples.View(entities: [Made(state)]));
        var links = page.FindAll("a[download]").Select(link => link.GetAttribute("href")).ToList();
        Assert.Equal(offered ? [$"api/v1/environments/{Samples.EnvironmentId}/handover"] : [], links);
    }
}
