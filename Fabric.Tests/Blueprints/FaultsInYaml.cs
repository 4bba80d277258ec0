using System.Text;
using Fabric.Workflows.Blueprints;
using FsCheck.Xunit;

namespace Fabric.Tests.Blueprints;

public sealed class FaultsInYaml
{
    private const string Head = "kind: Blueprint\nmetadata: { name: sample }\n";

    [Fact]
    public void Text_that_is_not_yaml_is_shown_where_it_breaks()
    {
        var fault = Assert.Single(Sample.Compile(Head + "spec: { nodes: [ }\n").Faults);
        Assert.Equal((FaultCodes.YamlSyntax, 3), (fault.Code, fault.Line));
        Assert.StartsWith("This is not YAML: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_anchor_and_its_alias_are_both_refused()
    {
        var faults = Sample.Compile(Sample.Nodes("a: { entity: network@1, config: &c { cidr: 10.0.0.0/16 } }\nb: { entity: network@1, config: *c }")).Faults;
        Assert.Contains(faults, f => f.Code == FaultCodes.YamlFeature && f.Line == 5 && f.Message == "'&c' is a YAML anchor; write the value out where it is needed.");
        Assert.Contains(faults, f => f.Code == FaultCodes.YamlFeature && f is { Line: 6, Column: 37 } && f.Message.StartsWith("'*c' is a YAML alias;", StringComparison.Ordinal));
    }

    [Fact]
    public void A_merge_key_is_refused() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("a: { entity: network@1, config: { <<: { cidr: 10.0.0.0/16 } } }")), FaultCodes.YamlFeature, 5, 39,
        "'<<' is a YAML merge key; write the values out, or derive the blueprint with 'extends'.");

    [Fact]
    public void A_tag_is_refused() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("a: { entity: !!str network@1 }")), FaultCodes.YamlFeature, 5, 18,
        "'tag:yaml.org,2002:str' is a YAML tag; the schema says what type a value has, leave it out.");

    [Fact]
    public void A_second_document_is_refused() => Sample.HasFault(
        Sample.Compile(Sample.Nodes("a: { entity: network@1 }") + "---\nb: 1\n"), FaultCodes.YamlFeature, 7, 1,
        "A second document starts here; write one document per file.");

    [Theory, InlineData(""), InlineData("# nothing but a comment\n")]
    public void An_empty_file_is_refused(string text) =>
        Assert.Equal("The file is empty; it must hold one YAML document.", Assert.Single(Sample.Compile(text).Faults).Message);

    [Theory, InlineData("["), InlineData("{a: ")]
    public void A_text_that_nests_without_end_is_refused(string opening)
    {
        var text = new StringBuilder("spec: ").Insert(6, opening, 100_000).ToString();
        Assert.Equal(FaultCodes.TooLarge, Assert.Single(Sample.Compile(text).Faults).Code);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused() =>
        Assert.Equal(FaultCodes.TooLarge, Assert.Single(Sample.Compile(new string('#', (1 << 20) + 1)).Faults).Code);

    [Fact]
    public void The_wrong_kind_of_file_is_refused() => Sample.HasFault(
        Sample.Compile("kind: EntityType\nmetadata: { name: sample }\nspec: { nodes: { a: { entity: network@1 } } }\n"), FaultCodes.WrongKind, 1, 7,
        "'kind' cannot be 'EntityType'. Known: 'Blueprint'.");

    [Property(MaxTest = 500)]
    public bool Whatever_the_text_is_there_is_an_answer_and_no_exception(string? text)
    {
        var result = Sample.Compile(text ?? "");
        return result.Faults.Count > 0;
    }

    [Property(MaxTest = 500)]
    public bool A_blueprint_with_characters_dropped_gets_an_answer_and_no_exception(int at, byte length)
    {
        var text = Catalog.BuiltInCatalog.Blueprints.Texts["pinot-byoc"];
        var start = Math.Abs(at % text.Length);
        var broken = text.Remove(start, Math.Min(length, text.Length - start));
        var result = new BlueprintCompiler(Catalog.BuiltInCatalog.Catalog).Compile(broken, "broken.yaml", 0, _ => null);
        return result.Blueprint is null == result.Faults.Count > 0;
    }
}
