using Bunit;
using Fabric.Web.ConsoleView.Environments;
using Fabric.Web.Live;
using Fabric.Web.Portal.Environments;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using MudBlazor;

namespace Fabric.Tests.Pages.Console.Environments;

public sealed class DriftPartTests : PageBed
{
    private static readonly FieldChange Size = new("size", 3, 7);

    private static readonly DriftMute Mute = new()
    {
        Id = Guid.CreateVersion7(Samples.Now), Tenant = "sample", EnvironmentId = Samples.EnvironmentId, Type = "aws_db", Path = "tags", Reason = "the owner's", ActorName = "Kim", At = Samples.Now,
    };

    private IRenderedComponent<ConsoleEnvironmentPage> OpenDrift(Actor actor, params DriftLine[] lines) => OpenDrift(actor, [], lines);

    private IRenderedComponent<ConsoleEnvironmentPage> OpenDrift(Actor actor, IReadOnlyList<DriftMute> mutes, params DriftLine[] lines)
    {
        Desk.Environments[Samples.EnvironmentId] = TerraformSamples.Environment;
        Terraform.Drift = new DriftView(lines, mutes, Samples.Now.AddHours(-1), Samples.Now.AddHours(23));
        return Open<ConsoleEnvironmentPage>(actor, $"console/environments/{Samples.EnvironmentId}?tab=drift", (nameof(ConsoleEnvironmentPage.Id), Samples.EnvironmentId));
    }

    [Fact]
    public void A_finding_shows_what_was_deployed_beside_what_stands()
    {
        var page = OpenDrift(Samples.Support, TerraformSamples.Adoptable(TerraformSamples.Finding("aws_db.this", changes: [Size, new FieldChange("password", null, null, Sensitive: true)])));

        var item = page.Find("article");
        Assert.Equal(["Field", "Deployed", "Stands"], item.QuerySelectorAll("th").Select(head => head.TextContent));
        Assert.Equal(["size", "3", "7", "password", "hidden", "hidden"], item.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("Undecided", item.TextContent, StringComparison.Ordinal);
        Assert.Contains("found 3 h ago", item.TextContent, StringComparison.Ordinal);
        Assert.Empty(item.QuerySelectorAll("button"));
    }

    [Fact]
    public async Task Reverting_says_first_that_it_brings_everything_back()
    {
        var dialogs = Render<MudDialogProvider>();
        var page = OpenDrift(Samples.Sre, TerraformSamples.Fixed(TerraformSamples.Finding("aws_db.this", changes: Size)));

        var click = Button(page, "Revert aws_db.this").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains(DriftText.Reverting, dialogs.Markup, StringComparison.Ordinal));
        await Button(dialogs, "Start the run").ClickAsync(new());
        await click;

        Assert.Equal(["revert aws_db.this"], Terraform.Deeds);
    }

    [Fact]
    public async Task Adopting_names_the_value_and_where_it_cannot_be_it_is_said_why()
    {
        var dialogs = Render<MudDialogProvider>();
        var page = OpenDrift(
            Samples.Sre, TerraformSamples.Adoptable(TerraformSamples.Finding("aws_db.this", changes: Size)), TerraformSamples.Fixed(TerraformSamples.Finding("aws_eip.nat", changes: Size), "The blueprint decides 'size' itself."));
        Assert.Contains("Cannot be adopted. The blueprint decides 'size' itself.", page.FindAll("article")[1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("article")[1].QuerySelectorAll("button"), button => button.TextContent.Trim() == "Adopt");

        var click = Button(page, "Adopt aws_db.this").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("The configuration becomes size = 7, as a new revision.", dialogs.Markup, StringComparison.Ordinal));
        await Button(dialogs, "Change the configuration").ClickAsync(new());
        await click;

        Assert.Equal(["adopt aws_db.this"], Terraform.Deeds);
    }

    [Fact]
    public void Ignoring_wants_a_date_and_a_reason_and_muting_an_attribute_and_a_reason()
    {
        var page = OpenDrift(Samples.Sre, TerraformSamples.Fixed(TerraformSamples.Finding("aws_db.this", changes: new FieldChange("tags.cost", "a", "b"))));

        Button(page, "Ignore aws_db.this").Click();
        Assert.True(Button(page, "Ignore it").HasAttribute("disabled"));
        page.Find("input[type=date]").Change("2026-04-01");
        page.Find("input[type=text]").Input("Kim tries it");
        Button(page, "Ignore it").Click();

        Button(page, "Mute an attribute of aws_db.this").Click();
        Assert.Equal(["tags", "tags.cost"], page.FindAll("option").Select(option => option.TextContent));
        page.Find("select").Change("tags");
        page.Find("input[type=text]").Input("the owner sets them");
        Button(page, "Mute it").Click();

        Assert.Equal(["ignore aws_db.this until 2026-04-01: Kim tries it", "mute tags of aws_db.this: the owner sets them"], Terraform.Deeds);
    }

    [Fact]
    public void A_form_that_is_open_decides_on_what_was_shown_when_it_was_opened()
    {
        var finding = TerraformSamples.Finding("aws_db.this", changes: new FieldChange("tags.cost", "a", "b"));
        var page = OpenDrift(Samples.Sre, TerraformSamples.Fixed(finding));
        Button(page, "Ignore aws_db.this").Click();
        page.Find("input[type=text]").Input("Kim tries it");

        Terraform.Drift = Terraform.Drift! with { Findings = [TerraformSamples.Fixed(finding with { Changes = [new FieldChange("tags.cost", "a", "c")] })] };
        page.FindComponent<DriftPart>().Render();
        page.WaitForAssertion(() => Assert.Equal("c", page.FindAll("article td")[2].TextContent.Trim()));
        Button(page, "Ignore it").Click();

        Assert.StartsWith("ignore what was not seen until", Assert.Single(Terraform.Deeds), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_operate_sees_what_is_muted_and_takes_nothing_back()
    {
        var page = OpenDrift(Samples.Support, [Mute]);

        Assert.Contains("tags of every aws_db “the owner's” Kim", string.Join(' ', page.Find(".mutes li").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".mutes button"));
    }

    [Fact]
    public void A_mute_is_taken_back_by_who_may_operate()
    {
        var page = OpenDrift(Samples.Sre, [Mute]);

        Button(page, "Take back that tags of every aws_db may differ").Click();

        Assert.Equal(["unmute tags of aws_db"], Terraform.Deeds);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mutes")));
    }

    [Fact]
    public void What_was_decided_stands_with_who_decided_it_and_offers_nothing_while_it_is_reverted()
    {
        var page = OpenDrift(
            Samples.Sre,
            TerraformSamples.Fixed(TerraformSamples.Finding("a.one", DriftState.Ignored, changes: Size) with { DecidedBy = "Kim", Reason = "known", Until = Samples.Now.AddDays(3) }),
            TerraformSamples.Fixed(TerraformSamples.Finding("a.two", DriftState.Reverting, changes: Size) with { DecidedBy = "Kim" }),
            TerraformSamples.Fixed(TerraformSamples.Finding("a.three", changes: Size) with { DecidedBy = "Kim", Reason = "It came to differ in size." }));

        Assert.Contains("Ignored by Kim until in 3 days: “known”", page.FindAll("article")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Being reverted by Kim", page.FindAll("article")[1].TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("article")[1].QuerySelectorAll("button"));
        Assert.Contains("Was decided on by Kim, and stands again. It came to differ in size.", page.FindAll("article")[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_customers_overview_shows_it_and_decides_nothing()
    {
        Desk.Environments[Samples.EnvironmentId] = TerraformSamples.Environment;
        Terraform.Drift = new DriftView([TerraformSamples.Adoptable(TerraformSamples.Finding("aws_db.this", action: PlanAction.Delete))], [], null, null);

        var page = Open<EnvironmentPage>(Samples.Owner, $"portal/environments/{Samples.EnvironmentId}", (nameof(EnvironmentPage.Id), Samples.EnvironmentId));

        Assert.Contains("Deleted outside", page.Find("article").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("article button"));
        Assert.Contains("Nobody has looked yet.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_without_Terraform_has_no_such_part()
    {
        Desk.Environments[Samples.EnvironmentId] = Samples.View();
        Assert.Empty(Open<EnvironmentPage>(Samples.Owner, $"portal/environments/{Samples.EnvironmentId}", (nameof(EnvironmentPage.Id), Samples.EnvironmentId)).FindAll(".drift-part"));
    }
}
