using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>A blueprint is built from an empty canvas, by mouse and by keyboard alone.</summary>
[Collection(JourneyCollection.Name)]
public sealed class DesignerTests(JourneyBed bed)
{
    private static readonly (string Key, string Node, float X, float Y)[] Nodes =
    [
        ("network", "network", 110, 50), ("storage", "storage", 110, 140), ("kubernetes", "kubernetes", 110, 230), ("workload-identity", "workload-identity", 110, 320),
        ("agent", "agent", 335, 50), ("gate:approval", "approve", 335, 140), ("namespace", "namespace", 335, 230), ("zookeeper", "zookeeper", 335, 320),
        ("auth", "auth", 560, 50), ("pinot", "pinot", 560, 140), ("ingress", "ingress", 560, 230), ("monitoring", "monitoring", 560, 320),
    ];

    private static readonly (string From, string Output, string To, string? Input)[] Edges =
    [
        ("network", "networkId", "kubernetes", null), ("network", "subnetIds", "kubernetes", null), ("kubernetes", "cluster", "workload-identity", null),
        ("storage", "bucket", "workload-identity", null), ("kubernetes", "cluster", "agent", null), ("agent", "", "approve", null), ("approve", "", "namespace", null),
        ("namespace", "", "zookeeper", null), ("namespace", "", "pinot", null), ("zookeeper", "address", "pinot", "zookeeper"), ("storage", "bucket", "pinot", null),
        ("workload-identity", "role", "pinot", null), ("namespace", "", "auth", null), ("pinot", "controllerUrl", "ingress", null), ("pinot", "brokerUrl", "ingress", null),
        ("auth", "issuer", "ingress", null), ("auth", "url", "ingress", "authUrl"), ("pinot", "", "monitoring", null),
    ];

    private static readonly (string Name, string Type, string Node, string Field)[] Parameters =
    [
        ("hostname", "string", "auth", "hostname"), ("hostname", "string", "ingress", "hostname"), ("identityProvider", "string", "auth", "upstreamIssuer"), ("identityClientId", "string", "auth", "upstreamClientId"),
        ("cidr", "string", "network", "cidr"), ("minNodes", "integer", "kubernetes", "minNodes"), ("maxNodes", "integer", "kubernetes", "maxNodes"),
        ("controllers", "integer", "pinot", "controllers"), ("brokers", "integer", "pinot", "brokers"), ("servers", "integer", "pinot", "servers"), ("minions", "integer", "pinot", "minions"),
        ("serverStorageGi", "integer", "pinot", "serverStorageGi"), ("retentionDays", "integer", "monitoring", "retentionDays"),
    ];

    [Fact]
    public async Task Pinot_is_drawn_from_an_empty_canvas_with_the_mouse()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        var drafting = await Drafting.OpenAsync(riley, await bed.ServerAsync(), "drawn-by-mouse", Drafting.Empty("drawn-by-mouse"));
        await Pictures.TakeAsync(riley, "pages/designer-empty");
        foreach (var (key, node, x, y) in Nodes)
            await drafting.DragTypeAsync(key, node, x, y);
        foreach (var (from, output, to, input) in Edges)
            await drafting.DragEdgeAsync(from, output, to, input);
        await drafting.DeselectAsync();
        foreach (var (name, type, _, _) in Parameters.DistinctBy(parameter => parameter.Name))
            await drafting.AddParameterAsync(name, type);
        foreach (var (name, _, node, field) in Parameters)
        {
            await drafting.OpenCardAsync(node);
            await drafting.BindAsync(field, $"param.{name}");
        }

        await drafting.OpenCardAsync("workload-identity");
        await drafting.BindAsync("namespace", "env.namespace");
        await drafting.Page.GetByRole(AriaRole.Button, new() { Name = "Tidy" }).ClickAsync();
        await drafting.Page.GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await Expect(drafting.ProblemCount).ToHaveTextAsync("No problems");
        await Pictures.TakeAsync(riley, "designer");
        await AssertIsPinotAsync(drafting);
        riley.AssertNothingBroke();
    }

    [Fact]
    public async Task Pinot_is_drawn_from_an_empty_canvas_with_the_keyboard_alone()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        var drafting = await Drafting.OpenAsync(riley, await bed.ServerAsync(), "drawn-by-keys", Drafting.Empty("drawn-by-keys"));
        foreach (var (key, node, _, _) in Nodes)
            await drafting.TypeNodeAsync(key, node);
        foreach (var (from, output, to, input) in Edges)
            await drafting.TypeEdgeAsync(from, output, to, input ?? output);
        await drafting.PressAsync("Escape");
        foreach (var (name, type, _, _) in Parameters.DistinctBy(parameter => parameter.Name))
            await drafting.TypeParameterAsync(name, type);
        foreach (var (name, _, node, field) in Parameters)
            await drafting.TypeBindingAsync(node, field, $"param.{name}");
        await drafting.TypeBindingAsync("workload-identity", "namespace", "env.namespace");
        await Expect(drafting.ProblemCount).ToHaveTextAsync("No problems");
        await AssertIsPinotAsync(drafting);
        riley.AssertNothingBroke();
    }

    /// <summary>It compiles to the nodes, configuration and edges of the built-in one.</summary>
    private static async Task AssertIsPinotAsync(Drafting drafting)
    {
        await drafting.PublishAsync("Drawn.");
        var (drawn, built) = (await drafting.CompiledAsync(drafting.Name), await drafting.CompiledAsync("pinot-byoc"));
        Assert.Equal(Shown(built), Shown(drawn));
    }

    private static string Shown(JsonNode blueprint) => string.Join('\n', blueprint["nodes"]!.AsArray()
        .Select(node => $"{node!["name"]} {node["type"]?["name"]} {Sorted(node["config"]!.AsObject())} <- {string.Join(',', node["dependsOn"]!.AsArray().Select(name => name!.ToString()).Order(StringComparer.Ordinal))}")
        .Order(StringComparer.Ordinal));

    private static string Sorted(JsonObject config) => Regex.Replace(string.Join(' ', config.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")), @"\s+", " ");
}
