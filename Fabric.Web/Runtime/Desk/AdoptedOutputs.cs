using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>
/// Turns <c>{"kubernetes": {"$environment": "region-eu"}}</c> into the outputs which that environment declares, and nothing else of it.
/// It lends within its own cell: to its tenant, and to every tenant where it is the vendor's. Plain values stay as they are.
/// </summary>
internal sealed class AdoptedOutputs(FabricStorage storage, EngineHosts hosts, EnvironmentReads reads)
{
    private const string Reference = "$environment";

    /// <summary>The outputs that an environment of <paramref name="tenant"/> in <paramref name="cell"/> adopts.</summary>
    public async Task<Outcome<JsonObject>> ResolveAsync(string tenant, string cell, JsonObject adopted, CancellationToken ct)
    {
        var resolved = (JsonObject)adopted.DeepClone();
        foreach (var (node, value) in adopted)
        {
            if (value is not JsonObject { } map || map[Reference] is not JsonValue name)
                continue;
            var lender = name.ToString();
            if (await LentAsync(tenant, cell, lender, ct) is not { } outputs)
                return new OperationFault(FaultKind.Invalid, "UnknownLender", $"There is no environment {lender} to adopt outputs from.", $"adopted.{node}");
            resolved[node] = outputs;
        }

        return resolved;
    }

    /// <summary>Null when nobody lends under that name; why, or that there is one elsewhere, is not for the asker.</summary>
    private async Task<JsonObject?> LentAsync(string tenant, string cell, string lender, CancellationToken ct)
    {
        await using var db = storage.Directory.Open(TenantScope.All);
        var places = await db.EnvironmentPlaces.Where(place => place.Name == lender && place.Cell == cell && place.State == PlaceState.Confirmed
            && (place.Tenant == tenant || place.Tenant == Actor.VendorTenant)).ToListAsync(ct);
        foreach (var place in places.OrderByDescending(place => place.Tenant == tenant))
        {
            if (await reads.GetAsync(Actor.System, place.Id, ct) is not { } view)
                continue;
            var blueprint = await hosts.Get(cell).Catalog.BlueprintAsync(view.Environment.Blueprint, view.Desired.BlueprintVersion, ct);
            if (blueprint.Outputs.Count > 0)
                return (JsonObject)view.Outputs.DeepClone();
        }

        return null;
    }
}
