using System.Text;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>
/// Looks into a network before it is destroyed: what a cluster or a person made there behind Terraform's back would hold the deletion up,
/// half-way and for hours. It is listed; what becomes of it is for a person to say.
/// </summary>
internal sealed class Leftovers(Workshop shop)
{
    private const string NetworkOutput = "networkId";

    /// <summary>What stands in the way.</summary>
    /// <returns>The result that says so; null when the network may go, or is none.</returns>
    public async Task<StepResult?> LookAsync(StepContext step, CancellationToken ct)
    {
        if (step.Step.Action is not PlanAction.Delete || step.Environment.AccountId is null || step.Entity?.Outputs?[NetworkOutput]?.ToString() is not { Length: > 0 } network)
            return null;
        var found = await shop.Clouds.InNetworkAsync(step.Environment, network, ct);
        if (!found.Succeeded)
            return StepResult.Transient(Reasons.AccountUnusable, $"Nobody could look what is left in {network}: {found.Faults[0].Message}");
        var state = Encoding.UTF8.GetString(await shop.States.ReadAsync(step.Entity.Id, ct) ?? []);
        var strange = found.Value.Where(resource => !IsMentioned(resource, state) && resource.Tags.GetValueOrDefault("fabric-entity") != step.Entity.Id.ToString()).ToList();
        return strange.Count == 0 ? null : StepResult.Terminal(Reasons.LeftoversInNetwork, Sentence(network, strange));
    }

    /// <summary>What a resource of the state brings with it, such as a gateway's interface, is named in that resource's attributes and goes with it.</summary>
    private static bool IsMentioned(CloudResource resource, string state) => state.Contains($"\"{resource.Id}\"", StringComparison.Ordinal);

    private static string Sentence(string network, List<CloudResource> strange)
    {
        var names = strange.Select(resource => $"{resource.Type} {resource.Id}{(resource.Name.Length > 0 && resource.Name != resource.Id ? $" ({resource.Name})" : "")}").Order(StringComparer.Ordinal).ToList();
        return $"Nothing was destroyed: in {network} stands what Terraform does not know: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? $" and {names.Count - 20} more" : "")}. Remove it in the account, then retry the step; or skip the step to leave the network as it is.";
    }
}
