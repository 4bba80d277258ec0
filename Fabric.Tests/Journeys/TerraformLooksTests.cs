using Fabric.Tests.PublicApi;
using Fabric.Workflows.Runs;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>What people see of Terraform's work, in a real browser: a plan to approve, a step that is applied, states, drift.</summary>
[Collection(JourneyCollection.Name)]
public sealed class TerraformLooksTests(JourneyBed bed, ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [MemberData(nameof(EveryPageTests.Screens), MemberType = typeof(EveryPageTests))]
    public async Task The_vendor_reads_plan_log_states_and_drift(int width, int height, bool dark)
    {
        var screen = new Screen(width, height, dark, Still: true);
        var scene = await TerraformScene.OfAsync(host);
        await using var riley = await bed.VisitAsync(screen, host.Anonymous.BaseAddress!.ToString());
        var looks = new Looks(riley, screen);
        await riley.SignInAsync("Riley");
        var (asks, works) = ($"/console/environments/{scene.Asks}", $"/console/environments/{scene.Works}");
        await looks.AtAsync("terraform-plan", asks, riley.Page.GetByText("resources:", new() { Exact = false }).First);
        await looks.AtAsync("terraform-step", $"{works}?node=network", riley.Page.GetByRole(AriaRole.Log, new() { Name = "Log of network" }));
        await LookAsync(looks, riley, "terraform-run", $"/console/runs/{scene.Run}?tab=log&node=network", riley.Page.GetByRole(AriaRole.Log, new() { Name = "Log of network" }).First);
        await LookAsync(looks, riley, "terraform-state", $"{works}?tab=state", riley.Page.GetByText("A version that is set aside", new() { Exact = false }));
        await riley.Button("Restore version 2").ClickAsync();
        await looks.AtAsync("terraform-restore", riley.Page.GetByText("Nothing in the cloud is changed by this", new() { Exact = false }));
        await LookAsync(looks, riley, "terraform-state-locked", $"{asks}?tab=state", riley.Page.GetByText("While it is locked nothing can be restored", new() { Exact = false }));
        await LookAsync(looks, riley, "terraform-drift", $"{works}?tab=drift", riley.Page.GetByRole(AriaRole.Article).Last);
        await riley.Page.GetByText("1 attribute may differ", new() { Exact = true }).ClickAsync();
        var mute = riley.Button("Take back that tags.kubernetes of every aws_subnet may differ");
        await mute.ScrollIntoViewIfNeededAsync();
        await looks.AtAsync("terraform-drift-mutes", mute);
        await riley.Button("Ignore aws_eip.nat").ClickAsync();
        await looks.AtAsync("terraform-drift-ignore", riley.Button("Ignore it"));
        looks.AssertNoFaults();
    }

    [Theory]
    [MemberData(nameof(EveryPageTests.Screens), MemberType = typeof(EveryPageTests))]
    public async Task The_customer_reads_the_same_and_approves(int width, int height, bool dark)
    {
        var screen = new Screen(width, height, dark, Still: true);
        var scene = await TerraformScene.OfAsync(host);
        await using var olivia = await bed.VisitAsync(screen, host.Anonymous.BaseAddress!.ToString());
        var looks = new Looks(olivia, screen);
        await olivia.SignInAsync("Olivia");
        await looks.AtAsync("terraform-approve", $"/portal/environments/{scene.Asks}", olivia.Page.GetByText("resources:", new() { Exact = false }).First);
        await olivia.Page.Locator("summary").Filter(new() { HasText = "aws_nat_gateway.this" }).ClickAsync();
        await olivia.Page.GetByText("connectivity_type", new() { Exact = true }).ScrollIntoViewIfNeededAsync();
        await looks.AtAsync("terraform-approve-open", olivia.Page.GetByText("connectivity_type", new() { Exact = true }));
        await looks.AtAsync("terraform-progress", $"/portal/environments/{scene.Works}?node=network", olivia.Page.GetByText("7 of 12 done", new() { Exact = true }));
        await looks.AtAsync("terraform-handed-over", $"/portal/environments/{scene.Over}", olivia.Page.GetByText("Go on with Terraform", new() { Exact = true }));
        await LookAsync(looks, olivia, "terraform-overview", $"/portal/environments/{scene.Works}", olivia.Page.GetByRole(AriaRole.Article).Last);
        looks.AssertNoFaults();
    }

    [Fact]
    public async Task Lines_come_while_one_looks()
    {
        var scene = await TerraformScene.OfAsync(host);
        await using var riley = await bed.VisitAsync(Screen.Desk, host.Anonymous.BaseAddress!.ToString());
        await riley.SignInAsync("Riley");
        await riley.Page.GotoAsync($"/console/environments/{scene.Asks}");
        await Expect(riley.Page.GetByText("aws_nat_gateway.this", new() { Exact = true }).First).ToBeVisibleAsync();
        await Pictures.TakeAsync(riley, "terraform-plan");
        await riley.Page.GotoAsync($"/console/environments/{scene.Works}?tab=drift");
        await riley.Page.GetByRole(AriaRole.Article).Last.ScrollIntoViewIfNeededAsync();
        await Pictures.TakeAsync(riley, "terraform-drift");
        await riley.Page.GotoAsync($"/console/runs/{scene.Run}?tab=log&node=network");
        var log = riley.Page.GetByRole(AriaRole.Log, new() { Name = "Log of network" }).Last;
        await Expect(log).ToContainTextAsync("aws_subnet.private[2]: Creation complete");

        await host.PutAsync(TerraformWork.Log(scene.Works, scene.Run, "aws_nat_gateway.this: Creation complete after 1m40s\n", 1, host.Clock.GetUtcNow()));

        await Expect(log).ToContainTextAsync("aws_nat_gateway.this: Creation complete after 1m40s");
        riley.AssertNothingBroke();
    }

    /// <summary>Looks where the page has what it is about, which stands below the drawing.</summary>
    private static async Task LookAsync(Looks looks, Visitor visitor, string name, string address, ILocator part)
    {
        await visitor.Page.GotoAsync(address);
        await Expect(part).ToBeVisibleAsync();
        await part.ScrollIntoViewIfNeededAsync();
        await looks.AtAsync(name, part);
    }
}
