using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Workflows.Clouds.Accounts;

/// <summary>Where an environment is to be, as far as accounts are concerned.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Cell">The open cell it lives in.</param>
/// <param name="Cloud">Its cloud.</param>
/// <param name="Region">Its region.</param>
/// <param name="Account">Name or id of the account; null when none was named.</param>
/// <param name="Needed">Something in it is made in an account.</param>
public sealed record AccountPlace(string Tenant, Cell Cell, string Cloud, string Region, string? Account, bool Needed);

/// <summary>Chooses the account of a new environment.</summary>
public sealed class AccountChoice(CloudCatalog clouds)
{
    /// <summary>Whether anything that would be executed is made in an account: whether one of its implementations is a Terraform module.</summary>
    public static bool IsNeeded(CompiledBlueprint blueprint, EntityCatalogLookup types, string cloud, IReadOnlySet<string> noOp) => blueprint.Nodes.Any(node =>
        node.Type is { } used && !node.NoOp && !noOp.Contains(node.Name) && types(used) is { } type && Placement.Choose(type, cloud)?.Terraform is not null);

    /// <summary>The account, or null where none is needed and none was named; or what is wrong with it.</summary>
    public async Task<Outcome<CloudAccount?>> ChooseAsync(AccountPlace place, CancellationToken ct)
    {
        if (clouds.Find(place.Cloud) is not { } cloud)
        {
            return place.Account is null ? (CloudAccount?)null : Wrong($"An environment on {place.Cloud} is made in no cloud account: leave it out.");
        }

        if (place is { Account: null, Needed: false })
            return (CloudAccount?)null;
        var rows = await place.Cell.ReadAsync(TenantScope.Of(place.Tenant), db => db.CloudAccounts.OrderBy(row => row.Name).ToListAsync(ct));
        if (place.Account is null)
        {
            var fitting = rows.Where(row => row.Cloud == place.Cloud).Select(row => row.Name).ToList();
            return Wrong($"An environment on {cloud.Words.Title} is made in a cloud account: {(fitting.Count > 0 ? $"choose one of {string.Join(", ", fitting)}." : $"{place.Tenant} has none of {cloud.Words.Title} in cell {place.Cell.Slug} yet; connect one first.")}");
        }

        var id = Guid.TryParse(place.Account, out var parsed) ? parsed : (Guid?)null;
        return rows.FirstOrDefault(row => row.Id == id || row.Name == place.Account) is { } chosen ? Fits(chosen, cloud, place) : Wrong($"{place.Tenant} has no cloud account {place.Account} in cell {place.Cell.Slug}.");
    }

    private static Outcome<CloudAccount?> Fits(CloudAccount chosen, ICloud cloud, AccountPlace place)
    {
        if (chosen.Cloud != place.Cloud)
            return Wrong($"Cloud account {chosen.Name} is one of {chosen.Cloud}, and the environment is on {place.Cloud}.");
        if (cloud.RegionFault(place.Region) is { } fault)
            return fault with { Field = "region" };
        return chosen.Regions.Count == 0 || chosen.Regions.Contains(place.Region)
            ? chosen
            : new OperationFault(FaultKind.Invalid, "RegionNotAllowed", $"Cloud account {chosen.Name} is for {string.Join(", ", chosen.Regions)}; {place.Region} is not among them.", "region");
    }

    private static OperationFault Wrong(string sentence) => new(FaultKind.Invalid, "WrongAccount", sentence, "account");
}
