using Fabric.Workflows.Executors.Terraform.Log;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>By what the resources of a plan can be told in an account: the names and tags they were to get.</summary>
/// <param name="resources">What the plan was to do; none when it is not known any more.</param>
internal sealed class Traces(IReadOnlyList<ResourceChange> resources)
{
    private static readonly string[] TagFields = ["tags", "tags_all", "labels", "effective_labels", "terraform_labels"];

    // What stands in the state alone.
    private static readonly string[] Nowhere = ["terraform_", "time_", "random_", "tls_", "null_", "local_"];

    // A second one of the same name is refused by these clouds, but for what is numbered there.
    private static readonly string[] Named = ["google_", "azurerm_"];
    private static readonly string[] Numbered = ["_key", "_password", "_version"];

    // What joins two things, or belongs to one, is there once at most: a second try fails or finds the first.
    private static readonly string[] Joins = ["_association", "_attachment", "_route", "_rule", "_policy", "_member", "_binding", "_assignment"];

    /// <summary>The name a resource was to get, where it was known; null else.</summary>
    public string? NameOf(string address) => Find(address)?.Changes.FirstOrDefault(change => change.Path is "tags.Name" or "name")?.After?.ToString() is { Length: > 0 } name ? name : null;

    /// <summary>Whether a resource was to carry tags, so that a search by tag finds it.</summary>
    public bool IsTagged(string address) => Find(address) is { } resource
        && resource.Changes.Any(change => TagFields.Any(field => change.Path == field || change.Path.StartsWith(field + ".", StringComparison.Ordinal)));

    /// <summary>Whether a resource could be made twice without anybody noticing.</summary>
    public bool CanBeTwice(LogEvent began) => !IsTagged(began.Address) && !Begins(began.Type, Nowhere) && !Ends(began.Type, Joins)
        && !(Begins(began.Type, Named) && !Ends(began.Type, Numbered)) && !began.Type.StartsWith("aws_s3_bucket_", StringComparison.Ordinal);

    private static bool Begins(string type, string[] with) => with.Any(begin => type.StartsWith(begin, StringComparison.Ordinal));

    private static bool Ends(string type, string[] with) => with.Any(end => type.EndsWith(end, StringComparison.Ordinal));

    private ResourceChange? Find(string address) => resources.FirstOrDefault(resource => resource.Address == address);
}
