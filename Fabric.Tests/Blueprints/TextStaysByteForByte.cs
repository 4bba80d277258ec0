using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Fabric.Tests.Blueprints;

public sealed class TextStaysByteForByte
{
    public static TheoryData<string> Shipped => ["pinot-byoc", "pinot-byok", "saas-region", "saas-tenant"];

    [Theory, MemberData(nameof(Shipped))]
    public void A_file_read_and_not_changed_is_the_same_text(string name)
    {
        var text = Catalog.BuiltInCatalog.Blueprints.Texts[name];
        Assert.Same(text, BlueprintText.Parse(text).Text!.Text);
    }

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Setting_what_is_already_there_changes_nothing(Written written)
    {
        var text = Parse(written.Text);
        return text.SetConfig("b", "size", 3).Text!.Text == written.Text;
    }

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Setting_a_value_touches_only_its_line(Written written, byte size) =>
        Touched(written, Parse(written.Text).SetConfig("b", "size", size + 100)) == (1, 1);

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Setting_a_new_value_touches_at_most_the_line_it_goes_to(Written written, byte size)
    {
        var result = Parse(written.Text).SetConfig("b", "extra", size);
        return Value(result.Text!, "b", "extra")!.GetValue<int>() == size && Touched(written, result) is (0 or 1, 1 or 2);
    }

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Removing_a_value_touches_only_its_line(Written written)
    {
        var result = Parse(written.Text).RemoveConfig("b", "size");
        return Value(result.Text!, "b", "size") is null && Touched(written, result) is (1 or 2, 0 or 1 or 2);
    }

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Adding_a_node_and_removing_it_again_gives_the_text_from_before(Written written)
    {
        var added = Parse(written.Text).AddNode("new", new JsonObject { ["entity"] = "network@1" }).Text!;
        return added.Text != written.Text && added.RemoveNode("new").Text!.Text == written.Text;
    }

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Removing_a_node_leaves_every_other_line(Written written)
    {
        var removed = Parse(written.Text).RemoveNode("b").Text!;
        var left = Lines(removed.Text).Where(l => !l.Contains("layout", StringComparison.Ordinal));
        return removed.Nodes.Select(n => n.Name).SequenceEqual(["a", "c"]) && IsSubsequence([.. left], Lines(written.Text));
    }

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Moving_a_node_on_the_canvas_touches_at_most_one_line(Written written, short x, short y) =>
        Touched(written, Parse(written.Text).SetLayout("b", x, y)) is (0 or 1, 0 or 1 or 2);

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Any_text_can_be_a_value_and_reads_back_the_same(Written written, string? value)
    {
        // A lone surrogate is no text in any encoding.
        var wanted = new string([.. (value ?? "").Where(c => !char.IsSurrogate(c))]);
        return Value(Parse(written.Text).SetConfig("b", "size", wanted).Text!, "b", "size")!.GetValue<string>() == wanted;
    }

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Line_ends_stay_what_they_were(Written written)
    {
        var edited = Parse(written.Text).AddNode("new", new JsonObject { ["entity"] = "network@1" }).Text!.SetLayout("new", 1, 2).Text!.SetConfig("b", "other", "x").Text!.Text;
        var bare = edited.Replace("\r\n", "", StringComparison.Ordinal);
        return written.Crlf ? !bare.Contains('\n', StringComparison.Ordinal) : !edited.Contains('\r', StringComparison.Ordinal);
    }

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool A_missing_last_line_end_stays_missing(Written written) =>
        Parse(written.Text).SetLayout("b", 7, 7).Text!.Text.EndsWith('\n') == written.Text.EndsWith('\n');

    private static BlueprintText Parse(string text)
    {
        var result = BlueprintText.Parse(text);
        Assert.Empty(result.Faults);
        return result.Text!;
    }

    // How many lines of the old text, and of the new one, lie between what both begin and end with.
    private static (int Before, int After) Touched(Written written, TextResult result)
    {
        Assert.Empty(result.Faults);
        var (before, after) = (Lines(written.Text), Lines(result.Text!.Text));
        var shortest = Math.Min(before.Length, after.Length);
        var head = 0;
        while (head < shortest && before[head] == after[head]) head++;
        var tail = 0;
        while (tail < shortest - head && before[^(tail + 1)] == after[^(tail + 1)]) tail++;
        return (before.Length - head - tail, after.Length - head - tail);
    }

    private static bool IsSubsequence(string[] part, string[] whole)
    {
        var at = 0;
        foreach (var line in whole)
            if (at < part.Length && part[at] == line) at++;
        return at == part.Length;
    }

    private static string[] Lines(string text) => text.Split(text.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n");

    private static JsonValue? Value(BlueprintText text, string node, string name) =>
        YamlJson(text.Text)["spec"]!["nodes"]![node]!["config"]![name] is JsonValue v ? v : null;

    private static JsonNode YamlJson(string text) => Fabric.Workflows.Blueprints.Yaml.YamlReader.Read(text, "t", new FaultList())!.ToJson()!;

    /// <summary>A blueprint as a person might have written it.</summary>
    public sealed record Written(string Text, bool Crlf);

    /// <summary>Block and flow forms, comments, blank lines, both line ends, with and without a last one.</summary>
    public static class Blueprints
    {
        public static Arbitrary<Written> Any() => Arb.From(
            from forms in Gen.Elements(Bodies).ArrayOf(3)
            from comments in Gen.Elements("", "# a note\n", "\n", "    # deeper\n\n").ArrayOf(6)
            from tail in Gen.Elements("", " # here", "   ")
            from layout in Gen.Elements("", "  layout: { a: [1, 2], b: [3, 4] }\n", "  layout:\n    a: [1, 2]\n    b: [3, 4] # corner\n", "  layout: {}\n")
            from crlf in Gen.Elements(true, false)
            from last in Gen.Elements(true, false)
            select new Written(Shape(forms, comments, tail, layout, crlf, last), crlf));

        private static readonly string[] Bodies =
        [
            "{ entity: app@1, config: { network: x, size: 3 } }",
            "{ entity: app@1, config: {size: 3} }",
            "\n      entity: app@1\n      config: { size: 3, network: x }",
            "\n      entity: app@1\n      config:\n        network: x\n        size: 3",
            "\n      config:\n        # how big\n        size: 3\n\n        network: x\n      entity: app@1",
            "\n      entity: app@1\n      config:\n        size: 3",
            "{ entity: app@1,\n        config: { size: 3,\n          network: x } }",
        ];

        private static string Shape(string[] forms, string[] comments, string tail, string layout, bool crlf, bool last)
        {
            var text = $"{comments[0]}kind: Blueprint\nmetadata: {{ name: sample }}{tail}\nspec:\n{comments[1]}  nodes:\n{comments[2]}"
                + $"    a: {forms[0]}{tail}\n{comments[3]}    b: {forms[1]}{tail}\n{comments[4]}    c: {forms[2]}{tail}\n{comments[5]}{layout}";
            text = text.Replace(":  \n", ":\n", StringComparison.Ordinal);
            if (!last) text = text.TrimEnd('\n');
            return crlf ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
        }
    }
}
