using System.Text;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;

namespace Fabric.Workflows.Executors.Terraform;

/// <summary>
/// Looks into a network before it is destroyed: what a cluster or a person made there behind Terraform's back would hold the deletion up,
/// half-way and for hours. It is listed; what becomes of it is for a person to say.
/// </summary>
public sealed class Leftovers(Workshop shop)
{
    private const string NetworkOutput = "networkId";
    private static readonly string[] Networks = ["aws_vpc", "azurerm_virtual_network", "google_compute_network"];

    // What stands on others goes first; a kind that is not listed goes last.
    private static readonly string[] Order = ["lb", "elb", "gateway", "forwarding_rule", "instance", "endpoint", "interface", "router", "firewall", "group", "subnet"];

    /// <summary>What stands in an entity's network and Terraform does not know, in the order in which it can be removed.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="entity">The entity; one without a network has nothing in it.</param>
    /// <param name="ct">Stops looking.</param>
    /// <returns>The resources; or a fault when nobody could look.</returns>
    public async Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(FabricEnvironment environment, Entity entity, CancellationToken ct)
    {
        if (await NetworkAsync(environment, entity, ct) is not { } network)
            return Array.Empty<CloudResource>();
        var found = await shop.Clouds.InNetworkAsync(environment, network, ct);
        if (!found.Succeeded)
            return found;
        var state = Encoding.UTF8.GetString(await shop.States.ReadAsync(entity.Id, ct) ?? []);
        return found.Value.Where(resource => !IsMentioned(resource, state) && resource.Tags.GetValueOrDefault("fabric-entity") != entity.Id.ToString())
            .OrderBy(Rank).ThenBy(resource => resource.Id, StringComparer.Ordinal).ToList();
    }

    /// <summary>What stands in the way of a step.</summary>
    /// <returns>The result that says so; null when the network may go, or is none.</returns>
    internal async Task<StepResult?> LookAsync(StepContext step, CancellationToken ct)
    {
        if (step.Step.Action is not PlanAction.Delete || step.Entity is not { } entity || await NetworkAsync(step.Environment, entity, ct) is not { } network)
            return null;
        var strange = await FindAsync(step.Environment, entity, ct);
        if (!strange.Succeeded)
            return StepResult.Transient(Reasons.AccountUnusable, $"Nobody could look what is left in {network}: {strange.Faults[0].Message}");
        return strange.Value.Count == 0 ? null : StepResult.Terminal(Reasons.LeftoversInNetwork, Sentence(network, strange.Value));
    }

    /// <summary>The network that an entity made: the one it gives out, or the one in its state when it never came to give anything out.</summary>
    private async Task<string?> NetworkAsync(FabricEnvironment environment, Entity entity, CancellationToken ct)
    {
        if (environment.AccountId is null)
            return null;
        if (entity.Outputs?[NetworkOutput]?.ToString() is { Length: > 0 } network)
            return network;
        var known = StateResources.Read(await shop.States.ReadAsync(entity.Id, ct)).Known;
        return known.FirstOrDefault(resource => Networks.Contains(StateResources.TypeOf(resource.Key)) && resource.Value.Length > 0).Value;
    }

    /// <summary>What a resource of the state brings with it, such as a gateway's interface, is named in that resource's attributes and goes with it.</summary>
    private static bool IsMentioned(CloudResource resource, string state) => state.Contains($"\"{resource.Id}\"", StringComparison.Ordinal);

    private static int Rank(CloudResource resource) => Array.FindIndex(Order, end => resource.Type.EndsWith($"_{end}", StringComparison.Ordinal)) is >= 0 and var rank ? rank : Order.Length;

    private static string Sentence(string network, IReadOnlyList<CloudResource> strange)
    {
        var names = strange.Select(Named).Order(StringComparer.Ordinal).ToList();
        return $"Nothing was destroyed: in {network} stands what Terraform does not know: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? $" and {names.Count - 20} more" : "")}. Remove it, here or in the account, then retry the step; or skip the step to leave the network as it is.";
    }

    /// <summary>A resource for people. One that another part made says so: it goes with that part.</summary>
    private static string Named(CloudResource resource)
    {
        string?[] more = [resource.Name.Length > 0 && resource.Name != resource.Id ? resource.Name : null, resource.Tags.TryGetValue("fabric-node", out var node) ? $"of {node}" : null];
        var said = string.Join(", ", more.OfType<string>());
        return $"{resource.Type} {resource.Id}{(said.Length > 0 ? $" ({said})" : "")}";
    }
}
