using Bunit;
using Fabric.Web.Controls;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Pages.Controls;

public class PlanDiffTests : ControlBed
{
    [Fact]
    public void What_destroys_stands_first_and_is_counted()
    {
        var page = Render<PlanDiff>(p => p.Add(d => d.Steps, [
            Planned("new", PlanAction.Create), Planned("same", PlanAction.None), Planned("old", PlanAction.Delete), Planned("other", PlanAction.Replace)]));
        Assert.Equal(["Replace other", "Delete old", "Create new"], page.FindAll("section").Select(s => s.GetAttribute("aria-label")));
        Assert.Equal("1 to replace 1 to delete 1 to create 1 unchanged", string.Join(' ', page.FindAll(".plan-counts > span").Select(s => s.TextContent)));
    }

    [Fact]
    public void What_is_new_shows_what_it_becomes_alone_and_an_empty_text_says_so()
    {
        var page = Render<PlanDiff>(p => p.Add(d => d.Steps, [Planned("db", PlanAction.Create, new FieldChange("key", null, ""), new FieldChange("size", null, 3))]));
        Assert.Equal(["key", "empty", "size", "3"], page.FindAll("tbody td").Select(cell => cell.TextContent.Trim()));
        Assert.Equal(["Field", "Becomes"], page.FindAll("th").Select(cell => cell.TextContent));
    }

    [Fact]
    public void Secrets_are_hidden_and_unknown_values_say_so()
    {
        var page = Render<PlanDiff>(p => p.Add(d => d.Steps, [Planned("db", PlanAction.Update,
            new FieldChange("password", "old-secret", "new-secret", Sensitive: true),
            new FieldChange("url", null, null, Unknown: true))]));
        Assert.DoesNotContain("secret", page.Markup, StringComparison.Ordinal);
        Assert.Contains("hidden", page.Markup, StringComparison.Ordinal);
        Assert.Contains("known after apply", page.Markup, StringComparison.Ordinal);
    }
}
