using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>A run that is over, read in a real browser: its critical path, one node of it, its times.</summary>
[Collection(JourneyCollection.Name)]
public sealed class RunLooksTests(JourneyBed bed)
{
    private const string Blueprint = """
        apiVersion: fabric/v1
        kind: Blueprint
        metadata: { name: looked-through, title: Looked through }
        spec:
          nodes:
            network: { entity: network@1, config: { cidr: 10.0.0.0/16 } }
            left: { entity: network@1, config: { cidr: 10.1.0.0/16 }, after: [network] }
            right: { entity: network@1, config: { cidr: 10.2.0.0/16 }, after: [network] }
            last: { entity: network@1, config: { cidr: 10.3.0.0/16 }, after: [left, right] }
        """;

    [Fact]
    public async Task A_run_that_is_over_is_read_on_a_desk_and_on_a_phone()
    {
        var run = await EndedAsync();
        foreach (var screen in new[] { new Screen(1440, 900, Still: true), new Screen(390, 844, Dark: true, Still: true) })
        {
            await using var riley = await bed.VisitAsync(screen);
            var looks = new Looks(riley, screen);
            await riley.SignInAsync("Riley");
            await looks.AtAsync("run-over", $"/console/runs/{run}", riley.Page.GetByText("Critical path,", new() { Exact = false }));
            await ChooseAsync(riley, screen);
            await Expect(riley.Page.GetByRole(AriaRole.Complementary)).ToContainTextAsync("Attempt 1");
            await Expect(riley.Page.GetByRole(AriaRole.Log)).Not.ToContainTextAsync("right");
            await looks.AtAsync("run-over-node", riley.Page.GetByRole(AriaRole.Complementary));
            await riley.Link("Times").ClickAsync();
            await looks.AtAsync("run-over-times", riley.Page.GetByRole(AriaRole.Table, new() { Name = "Steps in time" }));
            await riley.Button("Replay it").ClickAsync();
            await Expect(riley.Button("Play again")).ToBeVisibleAsync();
            await riley.Page.GetByRole(AriaRole.Slider).FillAsync("500");
            await Expect(riley.Page.Locator(screen.Width < 600 ? ".graph-list" : ".graph-box").GetByText("Waiting").First).ToBeVisibleAsync();
            await looks.AtAsync("run-over-replay", riley.Button("End the replay"));
            looks.AssertNoFaults();
        }
    }

    private static Task ChooseAsync(Visitor riley, Screen screen) => screen.Width < 600
        ? riley.Page.Locator(".graph-list button").Filter(new() { HasText = "left" }).ClickAsync()
        : riley.Card("left").ClickAsync();

    private async Task<string> EndedAsync()
    {
        var server = await bed.ServerAsync();
        using var put = await server.Http.PutAsync("/api/v1/blueprints/looked-through/draft", new StringContent(Blueprint, System.Text.Encoding.UTF8, "application/yaml"));
        put.EnsureSuccessStatusCode();
        await server.SendAsync(HttpMethod.Post, "/api/v1/blueprints/looked-through/publish", new JsonObject { ["message"] = "The first." });
        var made = await server.SendAsync(HttpMethod.Post, "/api/v1/environments", new JsonObject
        {
            ["tenant"] = "sample", ["name"] = "looked-through", ["blueprint"] = "looked-through", ["cloud"] = "sandbox", ["region"] = "local", ["parameters"] = new JsonObject(), ["autoApprove"] = true,
        });
        await server.UntilAsync($"/api/v1/runs/{made["run"]}", run => run["state"]!.ToString() == "Succeeded", "the run to succeed");
        return made["run"]!.ToString();
    }
}
