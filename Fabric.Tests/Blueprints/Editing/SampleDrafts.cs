using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Editing;

namespace Fabric.Tests.Blueprints.Editing;

/// <summary>Drafts of the sample catalog.</summary>
internal static class SampleDrafts
{
    public const string Two = """
        kind: Blueprint
        metadata: { name: sample }
        spec:
          nodes:
            # The way in.
            net: { entity: network@1, config: { cidr: 10.1.0.0/16 } } # ours
            web:
              entity: app@1
              config:
                network: "${net.id}" # bound
                size: 3
          layout:
            net: [0, 0]
            web: [300, 0]

        """;

    public static Draft Of(string yaml, params (string Name, string Text)[] bases) =>
        new(Parsed(yaml), Sample.Catalog, name => bases.FirstOrDefault(b => b.Name == name).Text);

    public static BlueprintText Parsed(string yaml)
    {
        var result = BlueprintText.Parse(yaml, "sample.yaml");
        Assert.Empty(result.Faults);
        return result.Text!;
    }

    /// <summary>The draft after an edit that is possible.</summary>
    public static Draft After(this Draft draft, DraftEdit edit)
    {
        var result = edit.Apply(draft);
        Assert.Empty(result.Faults);
        return draft.With(result.Text!);
    }

    /// <summary>The sentence with which an edit is refused.</summary>
    public static string Refused(this Draft draft, DraftEdit edit)
    {
        var result = edit.Apply(draft);
        Assert.Null(result.Text);
        return Assert.Single(result.Faults).Message;
    }

    /// <summary>Lines of the second text that are not in the first, and lines of the first that are gone, as <c>+</c> and <c>-</c>.</summary>
    public static IReadOnlyList<string> Changes(string before, string after)
    {
        var (old, now) = (before.Split('\n').ToList(), after.Split('\n').ToList());
        return [.. old.Where(line => !now.Contains(line)).Select(line => $"-{line}"), .. now.Where(line => !old.Contains(line)).Select(line => $"+{line}")];
    }
}
