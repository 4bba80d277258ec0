using Bunit;
using Fabric.Web.ConsoleView.Blueprints;
using Fabric.Web.Live;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace Fabric.Tests.Pages.Console;

/// <summary>A blueprint's own page and the list: drafts, stages, what can be done.</summary>
public sealed class BlueprintLifeTests : PageBed
{
    private static BlueprintLife Life(int last = 8, bool differs = false, params BaseNews[] bases) =>
        new("pinot", "Apache Pinot", new DraftLine(5, Samples.Now, "Ada", differs), last == 0 ? null : last, last, bases);

    private void Feed(VersionStage stage = VersionStage.Published)
    {
        foreach (var number in (int[])[8, 7])
            Desk.Versions.Add(new BlueprintVersionView(new BlueprintVersionLine("pinot", "Apache Pinot", number, Samples.Now, "Ada", "Safer.") { Stage = stage, StageReason = stage is VersionStage.Published ? "" : "Use nine." }, "", $"version: {number}", Samples.Nodes));
        Blueprints.Lives.Add(Life());
    }

    private IRenderedComponent<BlueprintPage> OpenPage(Actor actor, string query = "") => Open<BlueprintPage>(actor, $"console/blueprints/pinot{query}", (nameof(BlueprintPage.Name), "pinot"));

    [Fact]
    public void A_draft_that_was_never_published_stands_in_the_list()
    {
        Blueprints.Lives.Add(Life(last: 0, differs: true));

        Assert.Contains("never published", Open<BlueprintsPage>(Samples.Sre, "console/blueprints").Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_that_was_never_published_has_a_page_that_leads_on()
    {
        Blueprints.Lives.Add(Life(last: 0, differs: true));

        var page = OpenPage(Samples.Sre);

        Assert.Contains("It was never published", page.Markup, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("a"), link => link.GetAttribute("href") == "console/blueprints/pinot/design");
    }

    [Fact]
    public void A_list_says_which_drafts_differ_and_lets_an_admin_begin_one()
    {
        Desk.Versions.Add(new BlueprintVersionView(new BlueprintVersionLine("pinot", "Apache Pinot", 8, Samples.Now, "Ada", ""), "", "", []));
        Blueprints.Lives.Add(Life(differs: true));
        var page = Open<BlueprintsPage>(Samples.Admin, "console/blueprints");
        var dialogs = Render<MudDialogProvider>();
        Assert.Contains("differs", page.Find("tbody tr").TextContent, StringComparison.Ordinal);

        Button(page, "New blueprint").Click();
        dialogs.Find("#new-name").Input("fresh");
        dialogs.Find("#new-title").Change("Fresh");
        Button(dialogs, "Make the draft").Click();

        page.WaitForAssertion(() => Assert.EndsWith("console/blueprints/fresh/design", Address, StringComparison.Ordinal));
        Assert.Contains("create fresh 'Fresh'", Blueprints.Deeds);
    }

    [Fact]
    public void Who_may_not_draft_is_offered_no_new_blueprint() =>
        Assert.DoesNotContain("New blueprint", Open<BlueprintsPage>(Samples.Support, "console/blueprints").Markup, StringComparison.Ordinal);

    [Fact]
    public void A_name_that_is_taken_is_said_at_the_field()
    {
        Blueprints.Drafted = new OperationFault(FaultKind.Conflict, "NameTaken", "There is a blueprint fresh already.", "name");
        var page = Open<BlueprintsPage>(Samples.Admin, "console/blueprints");
        var dialogs = Render<MudDialogProvider>();

        Button(page, "New blueprint").Click();
        dialogs.Find("#new-name").Input("fresh");
        Button(dialogs, "Make the draft").Click();

        dialogs.WaitForAssertion(() => Assert.Equal("There is a blueprint fresh already.", dialogs.Find("#new-name-says .error").TextContent));
    }

    [Fact]
    public void A_base_that_moved_on_and_a_draft_that_differs_are_said()
    {
        Feed();
        Blueprints.Lives[0] = Life(8, true, new BaseNews("pinot-byoc", 3, 4));

        var page = OpenPage(Samples.Sre);

        Assert.Contains("Its base pinot-byoc has version 4; this was published on 3.", page.Find(".notices").TextContent, StringComparison.Ordinal);
        Assert.Contains("The draft differs from version 8", page.Find(".notices").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_is_deprecated_with_a_reason_and_what_refuses_it_is_said()
    {
        Feed();
        Blueprints.Moved = new OperationFault(FaultKind.WrongState, "VersionInUse", "Version 8 of pinot is used by sample/analytics.");
        var page = OpenPage(Samples.Admin);

        Button(page, "Retire").Click();
        page.Find(".reason input").Input("Gone.");
        Button(page, "Retire with this reason").Click();

        Assert.Contains("retire 8 Gone.", Blueprints.Deeds);
        Assert.Contains("used by sample/analytics", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_is_a_word_with_its_reason_and_leads_back()
    {
        Feed(VersionStage.Deprecated);

        var page = OpenPage(Samples.Admin, "?version=7");
        Assert.Contains("Deprecated", page.Find("p.stage").TextContent, StringComparison.Ordinal);
        Assert.Contains("Use nine.", page.Find("p.stage").TextContent, StringComparison.Ordinal);
        Button(page, "Reinstate version 7").Click();

        Assert.Contains("reinstate 7", Blueprints.Deeds);
    }

    [Fact]
    public void Restoring_asks_first_and_says_what_is_lost()
    {
        Feed();
        Blueprints.Lives[0] = Life(differs: true);
        var page = OpenPage(Samples.Admin, "?version=7");
        var dialogs = Render<MudDialogProvider>();

        Button(page, "Restore version 7 as draft").Click();
        Assert.Contains("The draft, last changed by Ada, holds edits that are in no version.", dialogs.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(Blueprints.Deeds, deed => deed.StartsWith("restore", StringComparison.Ordinal));
        Button(dialogs, "Restore as draft").Click();

        page.WaitForAssertion(() => Assert.Contains("restore 7 over draft 5", Blueprints.Deeds));
    }

    [Fact]
    public void Who_may_edit_drafts_and_not_publish_is_offered_just_that()
    {
        Feed();

        var page = OpenPage(Samples.Sre);

        Assert.NotEmpty(page.FindAll("input[type=file]"));
        Assert.Contains(page.FindAll("button"), button => button.TextContent.Trim() == "Derive");
        Assert.All((string[])["Deprecate", "Retire"], verb => Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == verb));
    }

    [Fact]
    public void A_workflow_that_cannot_be_imported_lists_what_is_wrong_and_changes_nothing()
    {
        Feed();
        var page = OpenPage(Samples.Admin);

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("""{ "name": "x", "root": { "type": "Elsa.Sequence2" } }""", "flow.json"));

        page.WaitForAssertion(() => Assert.Equal("flow.json was not imported, and nothing was changed.", page.Find("p.error").TextContent));
        Assert.Contains("Must be mended", page.Find(".findings").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Blueprints.Deeds, deed => deed.StartsWith("put", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_may_only_look_changes_nothing()
    {
        Feed();

        var page = OpenPage(Samples.Support);

        Assert.Empty(page.FindAll("input[type=file]"));
        Assert.All((string[])["Derive", "Deprecate", "Retire", "Restore as draft"], verb => Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == verb || button.TextContent.Trim().StartsWith("Restore", StringComparison.Ordinal)));
        Assert.Contains(page.FindAll("a"), link => link.GetAttribute("download") == "pinot.yaml");
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0xff }, "pinot.yaml is not UTF-8: look at byte 2. Nothing was changed.")]
    [InlineData(null, "pinot.yaml has 1024 KiB; at most 1024 KiB are taken.")]
    public void A_file_that_cannot_be_taken_says_why(byte[]? bytes, string sentence)
    {
        Feed();
        var page = OpenPage(Samples.Admin);

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(bytes ?? new byte[(1024 * 1024) + 1], "pinot.yaml"));

        page.WaitForAssertion(() => Assert.Equal(sentence, page.Find("p.error").TextContent));
        Assert.DoesNotContain(Blueprints.Deeds, deed => deed.StartsWith("put", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_replaces_a_draft_that_differs_after_a_question()
    {
        Feed();
        Blueprints.DraftText = "mine: true";
        var page = OpenPage(Samples.Admin);
        var dialogs = Render<MudDialogProvider>();

        // The upload ends with the answer to the question, so it must not hold the test up.
        var upload = Task.Run(() => page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("yours: true", "pinot.yaml")), Xunit.TestContext.Current.CancellationToken);
        dialogs.WaitForAssertion(() => Assert.Contains("Its text differs from pinot.yaml.", dialogs.Markup, StringComparison.Ordinal));
        Button(dialogs, "Replace the draft").Click();

        page.WaitForAssertion(() => Assert.Contains("put over draft 5: yours: true", Blueprints.Deeds));
        page.WaitForAssertion(() => Assert.Contains("pinot.yaml is the draft now.", page.Markup, StringComparison.Ordinal));
        await upload;
    }

    [Fact]
    public void Deriving_shows_what_leaving_a_part_out_costs()
    {
        Feed();
        Blueprints.Form = new DeriveForm("pinot", 8, Samples.Nodes, [new AdoptedOutput("network", "id", ["cluster"])], ["network"]);
        var page = OpenPage(Samples.Admin);
        var dialogs = Render<MudDialogProvider>();

        Button(page, "Derive").Click();
        dialogs.WaitForElement(".part input").Change(true);
        Assert.Contains("form pinot network", Blueprints.Deeds);
        Assert.Contains("network is left out. Who creates an environment has to give one output:", dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("network.id", dialogs.Find(".adopt").TextContent, StringComparison.Ordinal);
        dialogs.Find("#derive-name").Input("pinot-own");
        Button(dialogs, "Make the draft").Click();

        page.WaitForAssertion(() => Assert.EndsWith("console/blueprints/pinot-own/design", Address, StringComparison.Ordinal));
        Assert.Contains("derive pinot-own from pinot without network", Blueprints.Deeds);
    }
}
