using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Fabric.Tests.Journeys;

/// <summary>What people do in the designer, in a real browser.</summary>
[Collection(JourneyCollection.Name)]
public sealed class DesignerTests(JourneyBed bed)
{
    private const string Empty = """
        # Ours.
        apiVersion: fabric/v1
        kind: Blueprint
        metadata: { name: NAME, title: Drawn }
        spec:
          nodes: {}

        """;

    private static readonly (string Key, string Node, float X, float Y)[] Nodes =
    [
        ("network", "network", 130, 60), ("storage", "storage", 130, 170), ("kubernetes", "kubernetes", 430, 60), ("workload-identity", "workload-identity", 430, 170),
        ("agent", "agent", 700, 60),
    ];

    [Fact]
    public async Task A_blueprint_is_drawn_with_the_mouse()
    {
        await using var riley = await bed.VisitAsync();
        await riley.SignInAsync("Riley");
        var drafting = await Drafting.OpenAsync(riley, await bed.ServerAsync(), "drawn", Empty.Replace("NAME", "drawn", StringComparison.Ordinal));
        await Pictures.TakeAsync(riley, "pages/designer-empty");
        foreach (var (key, node, x, y) in Nodes)
            await drafting.DragTypeAsync(key, node, x, y);
        await Pictures.TakeAsync(riley, "pages/designer-nodes");
        await drafting.DragEdgeAsync("network", "networkId", "kubernetes");
        await Pictures.TakeAsync(riley, "pages/designer-edge");
        await drafting.DragEdgeAsync("network", "subnetIds", "kubernetes");
        await drafting.DragEdgeAsync("kubernetes", "cluster", "workload-identity");
        await drafting.DragEdgeAsync("storage", "bucket", "workload-identity");
        await drafting.DragEdgeAsync("kubernetes", "cluster", "agent");
        await Expect(drafting.ProblemCount).ToHaveTextAsync("No problems");
        await Pictures.TakeAsync(riley, "pages/designer-drawn");
        riley.AssertNothingBroke();
    }
}
