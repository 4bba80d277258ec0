using System.Text.Json.Nodes;
using Fabric.Workflows.Environments;

namespace Fabric.Web.Portal.Environments;

/// <summary>What somebody else changed while a person was choosing.</summary>
public static class DesiredNews
{
    /// <summary>Version, parts left out and their outputs, a sentence each; values are told by a diff.</summary>
    public static IReadOnlyList<string> Between(Generation seen, Generation now)
    {
        var news = new List<string>();
        if (now.BlueprintVersion != seen.BlueprintVersion)
            news.Add($"It is to be version {now.BlueprintVersion} now; you were looking at version {seen.BlueprintVersion}.");
        news.AddRange(now.NoOp.Except(seen.NoOp).Select(node => $"{node} is left out now."));
        news.AddRange(seen.NoOp.Except(now.NoOp).Select(node => $"{node} is not left out any more."));
        news.AddRange(seen.Adopted.Select(pair => pair.Key).Intersect(now.NoOp).Where(node => !JsonNode.DeepEquals(seen.Adopted[node], now.Adopted[node])).Select(node => $"{node} has other outputs."));
        return news;
    }
}
