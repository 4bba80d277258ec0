using System.Reflection;
using System.Xml.Linq;

namespace Fabric.Tests.Rules;

/// <summary>Who may know whom.</summary>
public sealed class Architecture
{
    private static readonly string[] JunkDrawers = ["Models", "Services", "Helpers", "Utils", "Utilities", "Interfaces", "Extensions", "Managers", "Common", "Misc"];

    [Theory]
    [InlineData("Fabric.Protocol")]
    [InlineData("Fabric.Agent", "Fabric.Protocol")]
    [InlineData("Fabric.Web", "Fabric.Protocol", "Fabric.Workflows")]
    [InlineData("Fabric.Benchmarks", "Fabric.Workflows", "Fabric.Web")]
    public void A_project_references_what_it_may(string project, params string[] allowed) => Assert.Subset(allowed.ToHashSet(), References(project));

    [Fact]
    public void Workflows_may_know_the_protocol_and_no_other_project() =>
        Assert.Subset(new HashSet<string> { "Fabric.Protocol" }, References("Fabric.Workflows"));

    [Theory]
    [InlineData("Microsoft.AspNetCore.")]
    [InlineData("Orleans")]
    [InlineData("Microsoft.Orleans")]
    [InlineData("MudBlazor")]
    public void Workflows_knows_no_host_no_runtime_and_no_page(string prefix)
    {
        // Key storage by data protection is a library, not a host.
        var references = Assembly.Load("Fabric.Workflows").GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal));
        Assert.DoesNotContain(references, name => name.StartsWith(prefix, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Repository.Source.Where(file => file.StartsWith("Fabric.Workflows/", StringComparison.Ordinal)),
            file => Repository.Lines(file).Any(line => line.StartsWith($"using {prefix}", StringComparison.Ordinal)
                && !line.Contains("DataProtection", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_folder_is_a_junk_drawer() =>
        Assert.DoesNotContain(Repository.Source, file => file.Split('/').SkipLast(1).Any(JunkDrawers.Contains));

    [Fact]
    public void Nothing_is_left_to_do_in_comments()
    {
        string[] marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK"];
        Assert.DoesNotContain(
            Repository.Source.SelectMany(file => Repository.Lines(file).Select((line, number) => $"{file}:{number + 1}: {line.Trim()}")),
            line => marks.Any(mark => line.Contains(mark, StringComparison.Ordinal)));
    }

    private static HashSet<string> References(string project) =>
        [.. XDocument.Load(Path.Combine(Repository.Root, project, $"{project}.csproj")).Descendants("ProjectReference")
            .Where(reference => reference.Attribute("OutputItemType")?.Value != "Analyzer")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];
}
