using System.Text.Json.Nodes;

namespace Fabric.Workflows.Executors.Terraform.Drift;

/// <summary>What a finding would become in the environment's configuration.</summary>
/// <param name="Patch">Merge patch of the parameters; empty when it cannot become any.</param>
/// <param name="Refusal">Why it cannot, and what to do instead; empty when it can.</param>
public sealed record Adoption(JsonObject Patch, string Refusal)
{
    /// <summary>Whether it can be adopted.</summary>
    public bool IsPossible => Refusal.Length == 0;

    /// <summary>It cannot, and why.</summary>
    public static Adoption Refused(string why) => new([], why);
}
