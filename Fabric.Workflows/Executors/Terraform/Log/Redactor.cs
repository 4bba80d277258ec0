namespace Fabric.Workflows.Executors.Terraform.Log;

/// <summary>Takes known secrets out of what is told.</summary>
public sealed class Redactor(IEnumerable<string> secrets)
{
    private const int Shortest = 4;
    private const string Hidden = "(hidden)";
    private readonly string[] known = [.. secrets.SelectMany(Lines).Where(s => s.Length >= Shortest).Distinct().OrderByDescending(s => s.Length)];

    /// <summary>The text without them.</summary>
    public string Clean(string text) => known.Aggregate(text, (clean, secret) => clean.Replace(secret, Hidden, StringComparison.Ordinal));

    /// <summary>A secret of several lines is printed line by line.</summary>
    private static IEnumerable<string> Lines(string secret) => secret.Split('\n').Select(line => line.Trim()).Append(secret);
}
