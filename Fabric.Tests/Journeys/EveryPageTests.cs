using System.Text.Json.Nodes;
using Fabric.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>Every page, in both colours, on a desk and on a phone: axe finds nothing and nothing is wider than the screen.</summary>
[Collection(JourneyCollection.Name)]
public sealed class EveryPageTests(JourneyBed bed)
{
    private const string Wizard = "blueprint=pinot-byoc&name=looked-at&cloud=sandbox&region=local";

    public static TheoryData<int, int, bool> Screens => new() { { 1440, 900, false }, { 1440, 900, true }, { 390, 844, false }, { 390, 844, true } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_portal_is_accessible_and_fits(int width, int height, bool dark)
    {
        var screen = new Screen(width, height, dark, Still: true);
        var id = await AtTheGateAsync(await bed.ServerAsync(), $"portal-{width}-{(dark ? "dark" : "light")}");
        await using var olivia = await bed.VisitAsync(screen);
        var looks = new Looks(olivia, screen);
        await olivia.Page.GotoAsync("/signin");
        await looks.AtAsync("sign-in", olivia.Heading("Sign in"));
        await olivia.SignInAsync("Olivia");
        await looks.AtAsync("home", olivia.Heading("Needs you"));
        await looks.AtAsync("wizard-product", "/portal/new", olivia.Page.GetByText("Pinot in your cloud"));
        await looks.AtAsync("wizard-where", $"/portal/new?step=where&{Wizard}", olivia.Button("Continue"));
        await looks.AtAsync("wizard-configure", $"/portal/new?step=configure&{Wizard}", olivia.Button("Show the plan"));
        await olivia.Button("Show the plan").ClickAsync();
        await Expect(olivia.Heading("What will be made")).ToBeInViewportAsync();
        await looks.AtAsync("wizard-plan", olivia.Heading("What will be made"));
        await LookAtEnvironmentAsync(olivia, looks, id);
        await LookAtAccountsAsync(olivia, looks, await AccountAsync(await bed.ServerAsync(), $"prod-{width}-{(dark ? "dark" : "light")}"));
        await looks.AtAsync("environment-unknown", $"/portal/environments/{Guid.Empty}", olivia.Link("Back to the list"));
        await looks.AtAsync("not-found", "/portal/nothing-here", olivia.Page.GetByText("Nothing lives at this address"));
        await looks.AtAsync("refused", "/console", olivia.Link("Go to your own pages"));
        looks.AssertNoFaults();
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_console_is_accessible_and_fits(int width, int height, bool dark)
    {
        var screen = new Screen(width, height, dark, Still: true);
        var id = await AtTheGateAsync(await bed.ServerAsync(), $"console-{width}-{(dark ? "dark" : "light")}");
        await using var riley = await bed.VisitAsync(screen);
        var looks = new Looks(riley, screen);
        await riley.SignInAsync("Riley");
        await looks.AtAsync("fleet", riley.Page.GetByRole(AriaRole.Cell, new() { Name = "Provisioning" }).First);
        await looks.AtAsync("fleet-nothing-matches", "/console?q=nobody-is-called-that", riley.Page.GetByText("Nothing matches"));
        await looks.AtAsync("console-environment", $"/console/environments/{id}", riley.Heading("Journal"));
        await looks.AtAsync("console-node", $"/console/environments/{id}?node=network", riley.Page.GetByRole(AriaRole.Complementary));
        var run = await RunOfAsync(await bed.ServerAsync(), id);
        await looks.AtAsync("run", $"/console/runs/{run}", riley.Heading("Journal"));
        await looks.AtAsync("run-node", $"/console/runs/{run}?node=network", riley.Page.GetByRole(AriaRole.Complementary));
        await looks.AtAsync("run-times", $"/console/runs/{run}?tab=times", riley.Page.GetByRole(AriaRole.Table, new() { Name = "Steps in time", Exact = false }));
        await looks.AtAsync("run-log", $"/console/runs/{run}?tab=log", riley.Page.GetByText("No step of this run prints a log.", new() { Exact = false }));
        await looks.AtAsync("run-unknown", $"/console/runs/{Guid.Empty}", riley.Link("Back to the list"));
        await looks.AtAsync("runs", "/console/runs", riley.Page.GetByRole(AriaRole.Cell, new() { Name = "Running" }).First);
        await looks.AtAsync("runs-nothing-matches", "/console/runs?q=nobody-is-called-that", riley.Page.GetByText("Nothing matches"));
        await looks.AtAsync("blueprints", "/console/blueprints", riley.Link("pinot-byoc"));
        await looks.AtAsync("blueprint", "/console/blueprints/pinot-byoc", riley.Page.GetByText("apiVersion: fabric/v1"));
        var over = await DraftedAsync(await bed.ServerAsync(), $"looked-at-{width}-{(dark ? "dark" : "light")}");
        await looks.AtAsync("blueprint-of-its-own", $"/console/blueprints/{over}", riley.Page.GetByText("The draft differs from version 1"));
        await looks.AtAsync("publish", $"/console/blueprints/{over}/publish", riley.Page.GetByText("No environment uses this blueprint yet."));
        await looks.AtAsync("publish-impact", "/console/blueprints/pinot-byoc/publish", riley.Page.GetByText("There is nothing to publish"));
        await looks.AtAsync("compare", $"/console/blueprints/{over}/diff", riley.Page.GetByRole(AriaRole.Region, new() { Name = "Lines that differ" }));
        await looks.AtAsync("simulate", "/console/blueprints/pinot-byoc/simulate", riley.Button("Play it through"));
        await riley.Button("Play it through").ClickAsync();
        await looks.AtAsync("simulate-played", riley.Page.GetByText("critical path", new() { Exact = false }));
        await looks.AtAsync("blueprint-draft", "/console/blueprints/pinot-byoc/design", riley.Page.Locator(".dc[data-node='monitoring']"));
        await looks.AtAsync("agents", "/console/agents", riley.Heading("Agents"));
        await looks.AtAsync("health", "/console/health", riley.Page.GetByRole(AriaRole.Cell, new() { Name = "Reachable" }).First);
        await riley.PressAsync("Control+k");
        await looks.AtAsync("search", riley.Page.GetByRole(AriaRole.Option).First);
        looks.AssertNoFaults();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_designer_is_accessible_and_fits_where_one_edits(bool dark)
    {
        var screen = new Screen(1280, 800, dark, Still: true);
        var ruled = await RuledAsync(await bed.ServerAsync(), $"ruled-{(dark ? "dark" : "light")}");
        await using var riley = await bed.VisitAsync(screen);
        var looks = new Looks(riley, screen);
        await riley.SignInAsync("Riley");
        await riley.Page.GotoAsync("/console/blueprints/pinot-byoc/design");
        await riley.Page.Locator(".dc[data-node='pinot'] .gc-name").ClickAsync();
        await looks.AtAsync("blueprint-draft-node", riley.Page.GetByRole(AriaRole.Complementary).GetByText("Apache Pinot").First);
        await riley.PressAsync("Escape");
        await riley.PressAsync("/");
        await looks.AtAsync("blueprint-draft-add", riley.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add to the canvas" }));
        await riley.Page.GotoAsync($"/console/blueprints/{ruled}/design");
        await riley.Button("Remove policy small-machines").ScrollIntoViewIfNeededAsync();
        await looks.AtAsync("blueprint-draft-policies", riley.Button("Remove policy small-machines"));
        looks.AssertNoFaults();
    }

    private static async Task LookAtEnvironmentAsync(Visitor olivia, Looks looks, string id)
    {
        var page = $"/portal/environments/{id}";
        await looks.AtAsync("overview", page, olivia.Heading("Facts"));
        await looks.AtAsync("configuration", $"{page}?tab=configuration", olivia.Page.GetByText("Servers", new() { Exact = true }).Or(olivia.Page.GetByText("servers", new() { Exact = true })).Filter(new() { Visible = true }).First);
        await looks.AtAsync("version", $"{page}?tab=version", olivia.Page.GetByText("of pinot-byoc, the newest.", new() { Exact = false }));
        await looks.AtAsync("changes", $"{page}?tab=changes", olivia.Page.GetByText("Revision 1"));
        await looks.AtAsync("activity", $"{page}?tab=activity", olivia.Page.GetByRole(AriaRole.Log));
        await looks.AtAsync("agent", $"{page}?tab=agent", olivia.Page.GetByText("No agent is connected").Or(olivia.Page.GetByText("Last seen")).First);
        await looks.AtAsync("node", $"{page}?node=approve", olivia.Page.GetByRole(AriaRole.Complementary));
        await olivia.Page.GotoAsync(page);
        await olivia.Button("Delete").ClickAsync();
        await looks.AtAsync("delete", olivia.Button("Keep it"));
    }

    private static async Task LookAtAccountsAsync(Visitor olivia, Looks looks, string id)
    {
        await looks.AtAsync("clouds", "/portal/clouds", olivia.Heading("Cloud accounts"));
        await looks.AtAsync("cloud-new", "/portal/clouds/new", olivia.Button("Continue"));
        await looks.AtAsync("cloud-setup", $"/portal/clouds/new?step=setup&id={id}", olivia.Button("It is made"));
        await looks.AtAsync("cloud-sign-in", $"/portal/clouds/new?step=signin&id={id}&kind=access-key", olivia.Page.GetByLabel("Secret access key"));
        await looks.AtAsync("cloud-check", $"/portal/clouds/new?step=check&id={id}", olivia.Page.GetByRole(AriaRole.List, new() { Name = "Checks" }));
        await looks.AtAsync("cloud-account", $"/portal/clouds/{id}", olivia.Page.GetByRole(AriaRole.List, new() { Name = "Checks" }));
        await olivia.Page.GetByText("Change the sign-in").ClickAsync();
        await looks.AtAsync("cloud-account-sign-in", olivia.Button("Save and check"));
        await looks.AtAsync("cloud-unknown", $"/portal/clouds/{Guid.Empty}", olivia.Link("Back to the list"));
    }

    /// <summary>An account whose check failed, for AWS cannot be reached from here.</summary>
    private static async Task<string> AccountAsync(ServerProcess server, string name)
    {
        var made = await server.SendAsync(HttpMethod.Post, "/api/v1/cloud-accounts", new JsonObject
        {
            ["tenant"] = "sample", ["name"] = name, ["cloud"] = "aws", ["account"] = "123456789012", ["regions"] = new JsonArray("eu-central-1", "eu-west-1"),
        });
        await server.SendAsync(HttpMethod.Post, $"/api/v1/cloud-accounts/{made["id"]}/preflight");
        return made["id"]!.ToString();
    }

    /// <summary>A draft with rules of its own.</summary>
    private static async Task<string> RuledAsync(ServerProcess server, string name)
    {
        await DraftAsync(server, name, """
              policies:
                small-machines: { match: resource.type == "aws_eks_node_group", require: resource.after.disk_size < 500, effect: askVendor, message: Large disks are paid for by nobody. }
                kept-in-europe: { require: environment.region.startsWith("eu-") }
              nodes:
                network: { entity: network@1, config: { cidr: 10.0.0.0/16 } }
            """);
        return name;
    }

    /// <summary>A blueprint with a version and a draft that differs from it.</summary>
    private static async Task<string> DraftedAsync(ServerProcess server, string name)
    {
        await DraftAsync(server, name, Nodes("10.0.0.0/16", "old: { entity: network@1, config: { cidr: 10.9.0.0/16 } }"));
        await server.SendAsync(HttpMethod.Post, $"/api/v1/blueprints/{name}/publish", new JsonObject { ["message"] = "The first." });
        await DraftAsync(server, name, Nodes("10.1.0.0/16", "fresh: { entity: network@1, config: { cidr: 10.8.0.0/16 }, after: [network] }"));
        return name;

        static string Nodes(string cidr, string node) => $"  nodes:\n    network: {{ entity: network@1, config: {{ cidr: {cidr} }} }}\n    {node}\n";
    }

    private static async Task DraftAsync(ServerProcess server, string name, string spec)
    {
        var text = $"apiVersion: fabric/v1\nkind: Blueprint\nmetadata: {{ name: {name}, title: Looked at }}\nspec:\n{spec}";
        using var put = await server.Http.PutAsync($"/api/v1/blueprints/{name}/draft", new StringContent(text, System.Text.Encoding.UTF8, "application/yaml"));
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
    }

    private static async Task<string> RunOfAsync(ServerProcess server, string id) => (await server.GetAsync($"/api/v1/environments/{id}"))["run"]!.ToString();

    /// <summary>An environment whose run waits at the customer's gate, which is when a page has most to show.</summary>
    private static async Task<string> AtTheGateAsync(ServerProcess server, string name)
    {
        var made = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject
        {
            ["tenant"] = "sample",
            ["name"] = name,
            ["blueprint"] = "pinot-byoc",
            ["cloud"] = "sandbox",
            ["region"] = "local",
            ["parameters"] = new JsonObject { ["hostname"] = "pinot.example.com" },
        });
        await server.UntilAsync(
            $"/api/v1/runs/{made["run"]}", run => run["steps"]!.AsArray().Any(step => step!["state"]!.ToString() == "AwaitingApproval"), "the gate to ask");
        return made["id"]!.ToString();
    }
}
