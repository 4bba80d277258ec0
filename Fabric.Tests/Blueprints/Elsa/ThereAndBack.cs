using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Catalog;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Elsa;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Fabric.Tests.Blueprints.Elsa;

/// <summary>What Fabric wrote comes back as it was.</summary>
public sealed class ThereAndBack
{
    public static TheoryData<string> Shipped => TextStaysByteForByte.Shipped;

    [Theory, MemberData(nameof(Shipped))]
    public void A_built_in_blueprint_comes_back_byte_for_byte(string name)
    {
        var texts = BuiltInCatalog.Blueprints.Texts;
        var result = Read(ElsaExport.Write(BuiltInCatalog.Blueprint(name), texts[name]), name);
        Assert.Empty(result.Findings);
        Assert.Equal(texts[name], result.Text);
    }

    [Theory, MemberData(nameof(Shipped))]
    public void A_built_in_blueprint_means_the_same_when_only_its_activities_are_left(string name)
    {
        var definition = Workflows.Json(ElsaExport.Write(BuiltInCatalog.Blueprint(name), BuiltInCatalog.Blueprints.Texts[name]));
        definition["customProperties"]!["fabric"]!.AsObject().Remove("yaml");
        var result = Read(definition.ToJsonString(), name);
        Assert.Empty(result.Findings);
        var compiled = new BlueprintCompiler(BuiltInCatalog.Catalog).Compile(result.Text!, name, 1, _ => null);
        Assert.Empty(compiled.Faults);
        Assert.Equal(BuiltInCatalog.Blueprint(name).Hash, compiled.Blueprint!.Hash);
    }

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Any_blueprint_comes_back_byte_for_byte(Written written) => Workflows.Import(Workflows.Export(written.Text)) is { Text: { } text, Findings.Count: 0 } && text == written.Text;

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Any_blueprint_means_the_same_when_only_its_activities_are_left(Written written)
    {
        var definition = Workflows.Export(written.Text);
        definition["customProperties"]!["fabric"]!.AsObject().Remove("yaml");
        return Sample.Compiled(Workflows.Import(definition).Text!).Hash == Sample.Compiled(written.Text).Hash;
    }

    [Property(Arbitrary = [typeof(Blueprints)])]
    public bool Moving_a_node_in_Elsa_touches_the_lines_of_the_layout_alone(Written written, short x, short y)
    {
        var definition = Workflows.Export(written.Text);
        definition.Activity("n0")["metadata"]!["designer"]!["position"] = new JsonObject { ["x"] = x, ["y"] = y };
        var text = Workflows.Import(definition).Text!;
        return Sample.Compiled(text).Hash == Sample.Compiled(written.Text).Hash && Editing.SampleDrafts.Changes(written.Text, text).Count <= 2;
    }

    [Fact]
    public void The_same_blueprint_gives_the_same_bytes()
    {
        var blueprint = BuiltInCatalog.Blueprint("pinot-byoc");
        var text = BuiltInCatalog.Blueprints.Texts["pinot-byoc"];
        Assert.Equal(ElsaExport.Write(blueprint, text), ElsaExport.Write(CompiledBlueprint.FromJson(blueprint.ToJson()), text));
    }

    private static ElsaImportResult Read(string json, string name) =>
        ElsaImport.Read(Encoding.UTF8.GetBytes(json), name, BuiltInCatalog.Catalog, BuiltInCatalog.Blueprints.Texts.GetValueOrDefault);

    public sealed record Written(string Text);

    /// <summary>Graphs of entities and gates with edges, bindings, comments and awkward values.</summary>
    public static class Blueprints
    {
        private static readonly string[] Values = ["1", "plain", "\"${param.word}\"", "\"quoted: yes\"", "\"é ☂ \\\" \\\\\"", "\"true\"", "'it''s'", "\"- x\""];

        public static Arbitrary<Written> Any() => Arb.From(
            from count in Gen.Choose(1, 8)
            from kinds in Gen.Choose(0, 5).ArrayOf(count)
            from befores in Gen.Choose(0, 7).ArrayOf(count)
            from values in Gen.Elements(Values).ArrayOf(count)
            from comments in Gen.Elements("", "    # a note\n", "\n").ArrayOf(count)
            from placed in Gen.Choose(0, count)
            from crlf in Gen.Elements(true, false)
            select new Written(Text(kinds, befores, values, comments, placed, crlf)));

        private static string Text(int[] kinds, int[] befores, string[] values, string[] comments, int placed, bool crlf)
        {
            var text = new StringBuilder("kind: Blueprint\nmetadata: { name: sample }\nspec:\n  parameters: { properties: { word: { type: string } } }\n  nodes:\n");
            for (var i = 0; i < kinds.Length; i++)
                text.Append(comments[i]).Append($"    n{i}: ").Append(Node(kinds[i], i == 0 ? null : $"n{befores[i] % i}", i > 0 && kinds[befores[i] % i] == 0, values[i])).Append('\n');
            if (placed > 0)
                text.Append("  layout:\n");
            for (var i = 0; i < placed; i++)
                text.Append($"    n{i}: [{i * 10}, {i % 2}.5] # here\n");
            return crlf ? text.ToString().Replace("\n", "\r\n", StringComparison.Ordinal) : text.ToString();
        }

        private static string Node(int kind, string? before, bool network, string value)
        {
            var after = before is null ? "" : $", after: [{before}]";
            return kind switch
            {
                0 => $"{{ entity: network@1, title: {value}{after} }}",
                1 => $"\n      entity: app@1\n      config:\n        network: {(network ? $"\"${{{before}.id}}\"" : "x")}\n        tags: {{ a: \"z\", version: {(value == "1" ? "\"1\"" : value)} }} # tagged{(network || before is null ? "" : $"\n      after: [{before}]")}",
                2 => $"{{ gate: wait, duration: 90s{after} }}",
                3 => $"{{ gate: window, cron: \"0 3 * * 6\", duration: PT4H{after} }}",
                4 => $"{{ gate: approval, by: both, deadline: 2d{after} }}",
                _ => $"{{ entity: app@1, noop: true, protect: true, was: old{after} }}",
            };
        }
    }
}
