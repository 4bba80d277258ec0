using Bunit;
using Fabric.Web.ConsoleView.Environments;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Tenancy;
using MudBlazor;

namespace Fabric.Tests.Pages.Console.Environments;

public sealed class StatePartTests : PageBed
{
    private IRenderedComponent<ConsoleEnvironmentPage> OpenState(Actor? actor = null)
    {
        Desk.Environments[Samples.EnvironmentId] = TerraformSamples.Environment;
        return Open<ConsoleEnvironmentPage>(actor ?? Samples.Sre, $"console/environments/{Samples.EnvironmentId}?tab=state", (nameof(ConsoleEnvironmentPage.Id), Samples.EnvironmentId));
    }

    [Fact]
    public void Versions_stand_newest_first_with_who_wrote_them_and_what_is_in_force()
    {
        Terraform.States["network"] = TerraformSamples.State(TerraformSamples.Version(3, aside: true), TerraformSamples.Version(2, reason: "the disk was full"), TerraformSamples.Version(1));

        var page = OpenState();

        var rows = page.FindAll("tbody tr");
        Assert.Equal(["3", "2", "1"], rows.Select(row => row.QuerySelector("td")!.TextContent));
        Assert.Contains("set aside", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("in force", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("“the disk was full”", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("5 KiB", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Contains(StateText.Aside, page.Markup, StringComparison.Ordinal);
        Assert.Contains("Not locked; nobody works on it.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_says_who_holds_it_and_holds_restoring_back()
    {
        Terraform.States["network"] = TerraformSamples.State(TerraformSamples.Version(2), TerraformSamples.Version(1)) with { Lock = TerraformSamples.Lock, Leases = [TerraformSamples.Lease] };

        var page = OpenState();

        Assert.Contains("for apply by fabric@worker-2, Terraform 1.11.0. While it is locked nothing can be restored.", page.Find(".held").TextContent, StringComparison.Ordinal);
        Assert.Contains("Applies, attempt 1", page.Find(".leases").TextContent, StringComparison.Ordinal);
        Assert.True(Button(page, "Restore version 1").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_version_is_restored_with_a_reason_after_it_was_said_what_that_does()
    {
        Terraform.States["network"] = TerraformSamples.State(TerraformSamples.Version(2), TerraformSamples.Version(1, resources: 3));
        var dialogs = Render<MudDialogProvider>();
        var page = OpenState();

        var click = Button(page, "Restore version 1").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("Version 1 with 3 resources becomes the state again", dialogs.Markup, StringComparison.Ordinal));
        Assert.Contains("Nothing in the cloud is changed by this", dialogs.Markup, StringComparison.Ordinal);
        Assert.True(Button(dialogs, "Restore version").HasAttribute("disabled"));
        dialogs.Find("input").Input("run 7 went wrong");
        await Button(dialogs, "Restore version").ClickAsync(new());
        await click;

        Assert.Equal(["restore network 1: run 7 went wrong"], Terraform.Deeds);
    }

    [Fact]
    public async Task What_stands_in_the_way_is_said()
    {
        Terraform.States["network"] = TerraformSamples.State(TerraformSamples.Version(2), TerraformSamples.Version(1));
        Terraform.Refusal = new OperationFault(FaultKind.WrongState, "StateLocked", "Terraform works on this state now; wait until it has ended.");
        var dialogs = Render<MudDialogProvider>();
        var page = OpenState();

        var click = Button(page, "Restore version 1").ClickAsync(new());
        dialogs.WaitForElement("input").Input("why");
        await Button(dialogs, "Restore version").ClickAsync(new());
        await click;

        page.WaitForAssertion(() => Assert.Contains("wait until it has ended", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Support_looks_and_restores_nothing()
    {
        Terraform.States["network"] = TerraformSamples.State(TerraformSamples.Version(2), TerraformSamples.Version(1));
        Assert.DoesNotContain(OpenState(Samples.Support).FindAll("button"), button => button.TextContent.Contains("Restore", StringComparison.Ordinal));
    }

    [Fact]
    public void That_nothing_was_ever_written_is_said()
    {
        Terraform.States["network"] = TerraformSamples.State();
        var page = OpenState();
        Assert.Contains("No state yet", page.Markup, StringComparison.Ordinal);
        Assert.Contains(StateText.None, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_are_older_versions_it_is_said_how_long_they_are_kept()
    {
        Terraform.States["network"] = TerraformSamples.State(TerraformSamples.Version(2), TerraformSamples.Version(1)) with { More = true };
        Assert.Contains($"These are the newest 2. {StateText.Older}", OpenState().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_without_Terraform_has_no_such_part()
    {
        Desk.Environments[Samples.EnvironmentId] = Samples.View();
        var page = Open<ConsoleEnvironmentPage>(Samples.Sre, $"console/environments/{Samples.EnvironmentId}?tab=state", (nameof(ConsoleEnvironmentPage.Id), Samples.EnvironmentId));
        Assert.Empty(page.FindAll("nav[aria-label='Parts of the environment']"));
        Assert.Contains("Journal", page.Markup, StringComparison.Ordinal);
    }
}
