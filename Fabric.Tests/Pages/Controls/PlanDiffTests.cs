using Bunit;
using Fabric.Web.Controls;
using Fabric.Web.Live;
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

    [Fact]
    public void Resources_stand_below_their_entity_what_destroys_first_and_are_counted()
    {
        var page = Render<PlanDiff>(p => p.Add(d => d.Steps, [WithResources(
            Resource("aws_subnet.b", PlanAction.Create), Resource("aws_subnet.a", PlanAction.Create), Resource("aws_vpc.this", PlanAction.Update),
            Resource("aws_nat_gateway.old", PlanAction.Delete), Resource("aws_eip.nat", PlanAction.Replace, new FieldChange("domain", "vpc", "edge", ForcesReplace: true)))]));

        Assert.Equal(
            ["Replace aws_eip.nat", "Delete aws_nat_gateway.old", "Create aws_subnet.a", "Create aws_subnet.b", "Update aws_vpc.this"],
            page.FindAll(".resources > li").Select(line => $"{line.QuerySelector(".verb")!.TextContent} {line.QuerySelector(".address")!.TextContent}"));
        Assert.Equal(["destroys", "destroys", null, null, null], page.FindAll(".resources > li").Select(line => line.GetAttribute("class")));
        Assert.Equal("5 resources: 1 to replace 1 to delete 2 to create 1 to update", string.Join(' ', page.FindAll(".plan-counts.small > span").Select(s => s.TextContent)));
        Assert.Equal("2 of its resources are destroyed, with what is in them.", page.Find(".plan-step > .loss").TextContent);
        Assert.Contains("because of domain", page.Find(".resources .loss").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find(".resources details").HasAttribute("open"));
    }

    [Fact]
    public void A_resource_hides_what_is_secret_and_says_what_is_known_later()
    {
        var page = Render<PlanDiff>(p => p.Add(d => d.Steps, [WithResources(Resource("aws_db.this", PlanAction.Update,
            new FieldChange("password", "old-secret", "new-secret", Sensitive: true), new FieldChange("arn", "arn:1", null, Unknown: true)))]));
        Assert.DoesNotContain("secret", page.Find(".resources").TextContent, StringComparison.Ordinal);
        Assert.Equal(["password", "hidden", "hidden", "arn", "arn:1", "known after apply"], page.FindAll(".resources td").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public void What_is_destroyed_shows_what_it_was_alone()
    {
        var page = Render<PlanDiff>(p => p.Add(d => d.Steps, [WithResources(Resource("aws_eip.nat", PlanAction.Delete, new FieldChange("domain", "vpc", null)))]));
        Assert.Equal(["domain", "vpc"], page.FindAll(".resources td").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public void Verdicts_name_rule_and_resource_and_what_forbids_stands_first()
    {
        var step = WithResources(Resource("aws_s3_bucket.data", PlanAction.Create));
        var page = Render<PlanDiff>(p => p.Add(d => d.Steps, [step with { Plan = step.Plan with { Verdicts = [
            new PolicyVerdict("costly", PolicyEffect.Warn, "", "It costs more than a thousand a month."),
            new PolicyVerdict("no-public-buckets", PolicyEffect.Deny, "aws_s3_bucket.data", "The bucket would be open to everybody.")] } }]));
        var said = page.FindAll(".verdicts > li");
        Assert.StartsWith("Forbidden", said[0].TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("The bucket would be open to everybody. Rule no-public-buckets, aws_s3_bucket.data", said[0].TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Warning", said[1].TextContent.Trim(), StringComparison.Ordinal);
    }

    private static PlannedStep WithResources(params ResourceChange[] resources)
    {
        var step = Planned("network", PlanAction.Replace);
        return step with { Plan = step.Plan with { Resources = resources } };
    }

    private static ResourceChange Resource(string address, PlanAction action, params FieldChange[] changes) => new(address, address.Split('.')[0], action, changes);
}
