using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints.Elsa;

namespace Fabric.Tests.Blueprints.Elsa;

/// <summary>A blueprint that extends another is drawn whole and stays derived.</summary>
public sealed class DerivedBlueprintsInElsa
{
    private const string Mine = "kind: Blueprint\nmetadata: { name: sample }\nspec:\n  extends: base # theirs\n";

    private static readonly (string, string) Base = ("base", Workflows.Two.Replace("name: sample", "name: base", StringComparison.Ordinal));

    private readonly JsonObject definition = Workflows.Export(Mine, Base);

    [Fact]
    public void It_comes_back_as_it_was()
    {
        Assert.Equal(4, definition["root"]!["activities"]!.AsArray().Count);
        Assert.Equal(Mine, Workflows.Imported(definition, Base));
    }

    [Fact]
    public void A_change_of_an_inherited_node_is_an_override()
    {
        definition.Activity("web").SetInput("size", 5);
        Assert.Equal(Mine + "  nodes:\n    web:\n      config:\n        size: 5\n", Workflows.Imported(definition, Base));
    }

    [Fact]
    public void A_removed_inherited_node_is_listed()
    {
        definition["root"]!["activities"]!.AsArray().Remove(definition.Activity("ask"));
        definition.Disconnect("net", "ask");
        definition.Disconnect("ask", "web");
        Assert.Equal(Mine + "  remove: [ask]\n  nodes:\n    web:\n      after: []\n", Workflows.Imported(definition, Base));
    }

    [Fact]
    public void A_base_that_is_not_here_is_named_and_the_text_stays()
    {
        var result = Workflows.Import(definition);
        Assert.Equal(Mine, result.Text);
        Assert.Contains("'base'", Assert.Single(result.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_the_base_got_meanwhile_is_named_and_stays()
    {
        var result = Workflows.Import(definition, (Base.Item1, Base.Item2.Replace("    ask:", "    late: { entity: network@1 }\n    ask:", StringComparison.Ordinal)));
        Assert.Equal(Mine, result.Text);
        Assert.Equal((ElsaFindingCodes.BaseChanged, "late"), (Assert.Single(result.Findings).Code, result.Findings[0].Activity));
    }

    [Fact]
    public void A_base_that_changed_meanwhile_is_named_and_nothing_is_overridden()
    {
        var result = Workflows.Import(definition, (Base.Item1, Base.Item2.Replace("size: 3", "size: 4", StringComparison.Ordinal)));
        Assert.Equal(Mine, result.Text);
        Assert.Equal((ElsaFindingCodes.BaseChanged, "web"), (Assert.Single(result.Findings).Code, result.Findings[0].Activity));
    }
}
