using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Starts;
using Fabric.Workflows.Engine;

namespace Fabric.Tests.Blueprints.Life;

/// <summary>A derived blueprint follows its base only when it is published again.</summary>
public sealed class DerivedFromPublishedBases : LibraryBed
{
    private const string App = "app: { entity: app@1, config: { network: \"${net.id}\" } }";

    private static string Derived => FirstText.Derived("shop-own", null, "shop", ["net"]);

    private BlueprintStarts Starts => new(Library);

    [Fact]
    public async Task A_base_that_is_half_edited_goes_into_nobody_elses_version()
    {
        await PublishAsync("shop", Text("shop", Net, App));
        await DraftAsync("shop", Text("shop", Net));

        var derived = await PublishAsync("shop-own", Derived);

        Assert.Equal(["net", "app"], derived.Nodes.Select(node => node.Name));
        Assert.Equal([new BaseVersion("shop", 1)], derived.Bases!);
    }

    [Fact]
    public async Task A_new_version_of_the_base_changes_nothing_until_it_is_published_again()
    {
        await PublishAsync("shop", Text("shop", Net, App));
        var first = await PublishAsync("shop-own", Derived);
        await PublishAsync("shop", Text("shop", Net));

        var kept = CompiledBlueprint.FromJson((await Library.VersionAsync("shop-own", null, Cancel))!.Json);
        Assert.Equal((first.Hash, 1), (kept.Hash, kept.Bases![0].Version));

        var second = await PublishAsync("shop-own", Derived);
        Assert.Equal(("net", 2), (Assert.Single(second.Nodes).Name, second.Bases![0].Version));
    }

    [Fact]
    public async Task What_it_derives_from_is_no_part_of_what_it_means()
    {
        await PublishAsync("shop", Text("shop", Net));
        var first = await PublishAsync("shop-own", Derived);
        await PublishAsync("shop", Text("shop", Net) + "# a word\n");

        Assert.Equal(first.Hash, (await PublishAsync("shop-own", Derived)).Hash);
    }

    [Fact]
    public async Task It_is_not_published_before_its_base()
    {
        await DraftAsync("shop", Text("shop", Net));
        await DraftAsync("shop-own", Derived);

        var fault = (await Library.PublishAsync(Ada, "shop-own", "Now.", Cancel)).Faults[0];

        Assert.Equal(("BaseNotPublished", "shop-own extends shop, which was never published. Publish shop first."), (fault.Code, fault.Message));
    }

    [Fact]
    public async Task Deriving_writes_a_small_file_and_refuses_a_name_that_is_taken()
    {
        await PublishAsync("shop", Text("shop", Net, App));

        Assert.True((await Starts.DeriveAsync(Ada, "shop", "shop-own", "Shop: \"yours\"", ["net"], Cancel)).Succeeded);
        Assert.Equal(
            "apiVersion: fabric/v1\nkind: Blueprint\nmetadata:\n  name: shop-own\n  title: \"Shop: \\\"yours\\\"\"\nspec:\n  extends: shop\n  noop: [net]\n",
            (await Library.DraftAsync("shop-own", Cancel))!.Draft);
        Assert.Equal("Shop: \"yours\"", (await PublishAsync("shop-own", (await Library.DraftAsync("shop-own", Cancel))!.Draft)).Title);

        var taken = (await Starts.DeriveAsync(Ada, "shop", "shop-own", null, [], Cancel)).Faults[0];
        Assert.Equal((FaultKind.Conflict, "There is a blueprint shop-own already. Choose another name."), (taken.Kind, taken.Message));
    }

    [Fact]
    public async Task A_part_that_the_base_does_not_have_cannot_be_left_out()
    {
        await PublishAsync("shop", Text("shop", Net));

        var fault = (await Starts.DeriveAsync(Ada, "shop", "shop-own", null, ["nett"], Cancel)).Faults[0];

        Assert.Equal(("noop", true), (fault.Field, fault.Message.StartsWith("shop has no entity 'nett' to leave out.", StringComparison.Ordinal)));
        Assert.Null(await Library.DraftAsync("shop-own", Cancel));
        Assert.Equal(FaultKind.NotFound, (await Starts.DeriveAsync(Ada, "none", "shop-own", null, [], Cancel)).Faults[0].Kind);
        Assert.Equal(FaultKind.Forbidden, (await Starts.DeriveAsync(Owner, "shop", "shop-own", null, [], Cancel)).Faults[0].Kind);
    }

    [Fact]
    public async Task A_blueprint_that_begins_empty_says_that_it_needs_a_node_and_takes_one()
    {
        Assert.True((await Starts.CreateAsync(Ada, "fresh", "Fresh", Cancel)).Succeeded);
        var draft = (await Library.DraftAsync("fresh", Cancel))!.Draft;

        var fault = Assert.Single((await Library.CompileAsync("fresh", draft, 0, Cancel)).Faults);
        Assert.Equal("A blueprint needs at least one node under 'nodes'.", fault.Message);
        var edited = BlueprintText.Parse(draft).Text!.AddNode("net", new System.Text.Json.Nodes.JsonObject { ["entity"] = "network@1" });
        Assert.Empty(edited.Faults);
        Assert.Empty((await Library.CompileAsync("fresh", edited.Text!.Text, 0, Cancel)).Faults);
    }

    [Fact]
    public async Task A_text_that_calls_itself_otherwise_is_not_published()
    {
        await DraftAsync("shop", Text("stall", Net));

        var fault = (await Library.PublishAsync(Ada, "shop", "Now.", Cancel)).Faults[0];

        Assert.Contains("The text calls itself 'stall', and this is the blueprint 'shop'.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_somebody_else_changed_meanwhile_is_not_published()
    {
        await DraftAsync("shop", Text("shop", Net));
        await DraftAsync("shop", Text("shop", Net, App));

        var fault = (await Library.PublishAsync(Ada, "shop", "Now.", Cancel, expected: 1)).Faults[0];

        Assert.Equal(FaultKind.PreconditionFailed, fault.Kind);
        Assert.Null(await Library.LastAsync("shop", Cancel));
    }
}
