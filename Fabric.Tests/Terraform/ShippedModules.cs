using System.Diagnostics;
using System.Text.RegularExpressions;
using Fabric.Workflows.Catalog;

namespace Fabric.Tests.Terraform;

public sealed partial class ShippedModules
{
    private static readonly string[] Clouds = ["aws", "azure", "google"];

    [Fact]
    public async Task Each_is_formatted_as_Terraform_formats()
    {
        var program = await Workflows.Executors.Terraform.Process.TerraformProgram.FindAsync(new(), TestContext.Current.CancellationToken);
        Assert.SkipUnless(program.Succeeded, program.Succeeded ? "" : program.Faults[0].Message);
        using var format = Process.Start(new ProcessStartInfo(program.Value.Path, ["fmt", "-check", "-recursive", "-no-color", EntityCatalog.BuiltInFolder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await format.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await format.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(format.ExitCode == 0, output);
    }

    [Fact]
    public void Each_names_one_exact_version_of_its_provider_and_all_of_a_cloud_the_same()
    {
        var named = Directory.GetFiles(EntityCatalog.BuiltInFolder, "versions.tf", SearchOption.AllDirectories)
            .Select(file => (Cloud: Path.GetFileName(Path.GetDirectoryName(file)!), Versions: Version().Matches(File.ReadAllText(file)).Select(match => match.Groups["version"].Value).ToList())).ToList();
        Assert.All(named, module => Assert.Matches(@"^= \d+\.\d+\.\d+$", Assert.Single(module.Versions)));
        Assert.Equal(Clouds, named.Select(module => module.Cloud).Distinct().Order());
        Assert.Equal(Clouds.Length, named.Select(module => (module.Cloud, module.Versions[0])).Distinct().Count());
    }

    // Of the types in the modules, those that Azure keeps no tags of.
    private static readonly string[] Untagged =
    [
        "azurerm_subnet", "azurerm_subnet_network_security_group_association", "azurerm_subnet_nat_gateway_association", "azurerm_nat_gateway_public_ip_association", "azurerm_role_assignment",
        "azurerm_monitor_diagnostic_setting", "azurerm_storage_container", "azurerm_management_lock", "azurerm_federated_identity_credential",
    ];

    [Fact]
    public void Everything_they_make_carries_the_tags_of_its_environment()
    {
        foreach (var folder in Directory.GetFiles(EntityCatalog.BuiltInFolder, "versions.tf", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!))
        {
            var text = string.Join('\n', Directory.GetFiles(folder, "*.tf").Select(File.ReadAllText));
            if (!folder.EndsWith("azure", StringComparison.Ordinal))
                Assert.Matches(@"provider ""(aws|google)"" \{(\n.*)+?\n\s+(tags|default_labels)\s+= var\.fabric_tags\n", text);
            else
                Assert.All(Resource().Matches(text), resource => Assert.True(Untagged.Contains(resource.Groups["type"].Value) ^ Tags().IsMatch(resource.Value), $"{folder}: {resource.Groups["type"].Value}"));
        }
    }

    [Fact]
    public void Each_cloud_side_type_has_one_for_each_cloud_with_the_same_inputs_and_outputs()
    {
        var catalog = EntityCatalog.Load(EntityCatalog.BuiltInFolder);
        Assert.Empty(catalog.Faults);
        foreach (var name in new[] { "network", "kubernetes", "storage", "workload-identity" })
        {
            var modules = Clouds.Select(cloud => catalog.Catalog.Find(name)!.Implementations.Single(i => i.On == cloud).Module!).ToList();
            Assert.All(modules, module => Assert.True(module.TakesTags));
            Assert.Single(modules.Select(module => string.Join(' ', module.Variables.Where(v => v.Name != "fabric_emulator").Select(v => v.Name).Order())).Distinct());
            Assert.Single(modules.Select(module => string.Join(' ', module.Outputs.Select(o => o.Name).Order())).Distinct());
        }
    }

    [GeneratedRegex(@"^\s+tags\s+= (var\.fabric_tags|local\.node_tags)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Tags();

    [GeneratedRegex("""^resource "(?<type>\w+)" .*?^\}""", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Resource();

    [GeneratedRegex("""^\s+version\s*=\s*"(?<version>[^"]*)"$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
