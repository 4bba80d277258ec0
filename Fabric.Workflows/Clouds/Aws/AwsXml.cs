using System.Xml.Linq;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>Reading answers of services that speak XML, whatever their namespace.</summary>
internal static class AwsXml
{
    /// <summary>Members of every list of that name.</summary>
    public static IEnumerable<XElement> Members(this XElement element, string list) =>
        element.Descendants().Where(e => e.Name.LocalName == list).SelectMany(e => e.Elements()).Where(e => e.Name.LocalName == "member");

    /// <summary>The text of a child; empty when there is none.</summary>
    public static string Text(this XElement element, string child) => element.Elements().FirstOrDefault(e => e.Name.LocalName == child)?.Value ?? "";

    /// <summary>The text anywhere below; empty when there is none.</summary>
    public static string TextBelow(this XElement element, string name) => element.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";

    /// <summary>The tags in a list of <c>Key</c> and <c>Value</c>.</summary>
    public static Dictionary<string, string> Tags(this XElement element) =>
        element.Members("Tags").DistinctBy(tag => tag.Text("Key")).ToDictionary(tag => tag.Text("Key"), tag => tag.Text("Value"));

    /// <summary>Whether all of the tags that are looked for are there.</summary>
    public static bool Carry(this IReadOnlyDictionary<string, string> tags, IReadOnlyDictionary<string, string> wanted) =>
        wanted.All(tag => tags.TryGetValue(tag.Key, out var value) && value == tag.Value);
}
