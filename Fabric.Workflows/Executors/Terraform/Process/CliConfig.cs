namespace Fabric.Workflows.Executors.Terraform.Process;

/// <summary>Terraform's own settings: where providers come from.</summary>
internal static class CliConfig
{
    public const string FileName = "cli.tfrc";

    /// <summary>The file's text.</summary>
    public static string Text(TerraformOptions options)
    {
        var mirror = options.Mirror.Length > 0 ? options.Mirror : DefaultMirror;
        if (!Directory.Exists(mirror))
            return options.Registry ? "" : "provider_installation {\n}\n";
        var path = mirror.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return $$"""
            provider_installation {
              filesystem_mirror {
                path = "{{path}}"
              }
            {{(options.Registry ? "  direct {\n" + Exclusions(mirror) + "  }\n" : "")}}}

            """;
    }

    private static string DefaultMirror => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".terraform.d", "plugins");

    /// <summary>What the mirror has is taken from there alone, so that no network is asked for it.</summary>
    private static string Exclusions(string mirror)
    {
        var providers = Directory.EnumerateDirectories(mirror).SelectMany(host => Directory.EnumerateDirectories(host)).SelectMany(space => Directory.EnumerateDirectories(space))
            .Select(provider => '"' + Path.GetRelativePath(mirror, provider).Replace('\\', '/') + '"').Order(StringComparer.Ordinal).ToList();
        return providers.Count == 0 ? "" : $"    exclude = [{string.Join(", ", providers)}]\n";
    }
}
