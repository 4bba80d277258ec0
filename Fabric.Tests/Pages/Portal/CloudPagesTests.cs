using System.Text.Json.Nodes;
using Bunit;
using Fabric.Tests.Clouds;
using Fabric.Web.Live;
using Fabric.Web.Portal.Clouds;
using Fabric.Web.Portal.Create;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Engine;

namespace Fabric.Tests.Pages.Portal;

public sealed class CloudPagesTests : PageBed
{
    private static readonly FakeCloud Fake = new("aws");
    private readonly AccountLine line = AccountLine.Of("local", SampleAccounts.Row("aws", "123456789012", new JsonObject { ["kind"] = "trust", ["who"] = "me", ["mark"] = "the-mark" }, regions: ["eu-west-1"]), [new AccountUse(Samples.EnvironmentId, "analytics")]);

    public CloudPagesTests()
    {
        Clouds.Clouds = [new CloudOffer(Fake.Name, Fake.Words, Fake.SignIns)];
        Clouds.Setup = Fake.Setup(line.Row, Fake.SignIns[0]);
        Clouds.Change = line;
        Clouds.Preflight = line;
    }

    [Fact]
    public void Without_accounts_an_owner_is_offered_to_connect_one() => Assert.Equal(
        "portal/clouds/new", Open<CloudsPage>(Samples.Owner, "portal/clouds").FindAll("a").Single(link => link.TextContent.Trim() == "Connect an account").GetAttribute("href"));

    [Fact]
    public void A_viewer_is_offered_nothing() => Assert.DoesNotContain("Connect an account", Open<CloudsPage>(Samples.Viewer, "portal/clouds").Markup, StringComparison.Ordinal);

    [Fact]
    public void A_viewer_is_told_to_ask_an_owner() =>
        Assert.Contains("Your role may not connect accounts", Open<NewAccountPage>(Samples.Viewer, "portal/clouds/new").Markup, StringComparison.Ordinal);

    [Fact]
    public void An_account_is_connected_with_its_regions_apart()
    {
        var page = Open<NewAccountPage>(Samples.Owner, "portal/clouds/new");
        page.Find("#account-name").Input("prod");
        page.Find("#account-id").Input(" 123456789012 ");
        page.Find("#account-regions").Input("eu-west-1, eu-central-1");
        page.Find("form").Submit();
        var wish = Assert.IsType<NewAccount>(Clouds.Deeds[0]);
        Assert.Equal(("sample", "prod", "aws", "123456789012"), (wish.Tenant, wish.Name, wish.Cloud, wish.Account));
        Assert.Equal(["eu-west-1", "eu-central-1"], wish.Regions);
        Assert.Contains($"id={line.Row.Id}", Address, StringComparison.Ordinal);
        Assert.Contains("step=setup", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_stands_at_its_field()
    {
        Clouds.Change = new OperationFault(FaultKind.Invalid, "Invalid", "It has 12 digits.", "account");
        var page = Open<NewAccountPage>(Samples.Owner, "portal/clouds/new");
        page.Find("#account-name").Input("prod");
        page.Find("#account-id").Input("5");
        page.Find("form").Submit();
        Assert.Contains("It has 12 digits.", page.Find("#account-id-says").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_handed_over_once_and_the_account_is_checked_then()
    {
        Clouds.Accounts.Add(line);
        var page = Open<NewAccountPage>(Samples.Owner, $"portal/clouds/new?step=signin&id={line.Row.Id}&kind=key");
        page.Find("#sign-in-secret").Input("sesame");
        page.Find("form").Submit();
        var change = Assert.IsType<AccountChange>(Clouds.Deeds[0]);
        Assert.Equal(("key", "me", "sesame"), (change.SignIn!.Kind, change.SignIn.Fields["who"], change.SignIn.Secret));
        Assert.Equal($"preflight {line.Row.Id}", Clouds.Deeds[1]);
        Assert.DoesNotContain("sesame", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", change.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_account_page_shows_every_row_and_who_uses_it()
    {
        PreflightCheck[] checks = [PreflightCheck.Passed("Sign-in", "It works."), PreflightCheck.Failed("Region eu-west-1", "It is not enabled.", "Enable it."), PreflightCheck.NotChecked("Quotas", "Nobody could look.")];
        Clouds.Accounts.Add(line with { Row = line.Row with { State = CloudAccountState.Failed, Preflight = PreflightCheck.ToJson(checks), CheckedAt = Samples.Now } });
        var page = Open<AccountPage>(Samples.Owner, $"portal/clouds/{line.Row.Id}", ("Id", line.Row.Id));
        Assert.Equal(["Passed", "Failed", "Not checked"], page.FindAll("ul.checks .chip").Select(chip => chip.TextContent.Trim()));
        Assert.Contains("Enable it.", page.Markup, StringComparison.Ordinal);
        Assert.Equal($"portal/environments/{Samples.EnvironmentId}", page.FindAll("a").Single(link => link.TextContent == "analytics").GetAttribute("href"));
        Button(page, "Check again").Click();
        Assert.Equal($"preflight {line.Row.Id}", Clouds.Deeds[^1]);
    }

    [Fact]
    public void The_wizard_leads_to_connecting_where_an_account_is_needed_and_none_is_there()
    {
        var none = Where();
        Assert.Contains("none is connected", none.Markup, StringComparison.Ordinal);
        Assert.True(Button(none, "Continue").HasAttribute("disabled"));
    }

    [Fact]
    public void The_wizard_takes_the_account_and_its_regions()
    {
        Clouds.Accounts.Add(line);
        var page = Where();
        page.Find("#place-account").Change(line.Row.Id.ToString());
        page.Find("form").Submit();
        Assert.Contains($"account={line.Row.Id}", Address, StringComparison.Ordinal);
        Assert.Contains("region=eu-west-1", Address, StringComparison.Ordinal);
    }

    private IRenderedComponent<CreatePage> Where()
    {
        Desk.Blueprints.Add(new BlueprintLine("pinot", "Apache Pinot", "", 7, ["aws", "sandbox"]) { CloudsWithAccount = ["aws"] });
        return Open<CreatePage>(Samples.Owner, "portal/new?blueprint=pinot&name=analytics&step=where&cloud=aws&region=eu-central-1");
    }
}
