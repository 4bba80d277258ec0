using Fabric.Workflows.Catalog.Modules;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>What a module writes into one resource.</summary>
internal sealed class ResourceArguments
{
    private readonly HclBlock block;

    private ResourceArguments(HclBlock block) => this.block = block;

    /// <summary>The resource of an address; null when it is not in the module's own files.</summary>
    public static ResourceArguments? Find(TerraformModule module, string address)
    {
        var labels = address.Split('.');
        foreach (var file in module.Files.Where(file => file.Path.EndsWith(".tf", StringComparison.Ordinal) && !file.Path.Contains('/', StringComparison.Ordinal)))
        {
            if (new HclScanner(file.Text).Blocks().FirstOrDefault(block => block.Kind == "resource" && block.Labels.SequenceEqual(labels)) is { } found)
                return new ResourceArguments(found);
        }

        return null;
    }

    /// <summary>Whether the module decides an attribute; what it does not write is the cloud's.</summary>
    public bool IsWritten(string attribute) =>
        block.Attributes.ContainsKey(attribute) || block.Blocks.Any(inner => inner.Kind == attribute || (inner.Kind == "dynamic" && inner.Labels is [var label, ..] && label == attribute));

    /// <summary>The variable that is an attribute's whole value; null when it is anything else.</summary>
    public string? VariableOf(string attribute)
    {
        var expression = block.Attributes.GetValueOrDefault(attribute, "");
        var name = expression.StartsWith("var.", StringComparison.Ordinal) ? expression["var.".Length..] : "";
        return name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_') ? name : null;
    }
}
