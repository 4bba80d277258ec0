using Bunit;
using Fabric.Web.ConsoleView.Health;
using Fabric.Web.Live;

namespace Fabric.Tests.Pages.Console;

public sealed class HealthPageTests : PageBed
{
    private static readonly ServerHealth Well = new("/usr/bin/terraform", new Version(1, 11, 0), null, "terraform", "/opt/mirror", false, [new CellHealth("local", null, 2)]);

    private IRenderedComponent<HealthPage> OpenHealth(ServerHealth? health)
    {
        Terraform.Health = health;
        return Open<HealthPage>(Samples.Support, "console/health");
    }

    [Fact]
    public void What_is_well_is_said_with_its_facts()
    {
        var page = OpenHealth(Well);

        Assert.Contains("/usr/bin/terraform version 1.11.0", page.Find("section").TextContent.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("apart from the server", page.Markup, StringComparison.Ordinal);
        Assert.Contains("From the mirror alone.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("/opt/mirror", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["local", "Reachable", "2"], page.FindAll("tbody td").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public void What_is_wrong_says_what_to_do()
    {
        var page = OpenHealth(Well with
        {
            Program = null, ProgramVersion = null, ProgramFault = "'terraform' is not on the PATH of the server.", RunsAs = null, Mirror = null, Registry = true,
            Cells = [new CellHealth("eu-1", "The database file is locked.", 0)],
        });

        Assert.Contains("'terraform' is not on the PATH of the server.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("The server's own user", page.Markup, StringComparison.Ordinal);
        Assert.Contains("From the public registry; there is no mirror.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Unreachable", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Contains("The database file is locked.", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_mirror_and_registry_providers_come_from_nowhere() =>
        Assert.Contains("From nowhere", OpenHealth(Well with { Mirror = null }).Markup, StringComparison.Ordinal);
}
