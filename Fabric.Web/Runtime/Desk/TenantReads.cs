using Fabric.Web.Live;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Runtime.Desk;

/// <summary>Tenants a person may open.</summary>
internal sealed class TenantReads(FabricStorage storage)
{
    public async Task<IReadOnlyList<TenantLine>> ListAsync(Actor actor, CancellationToken ct)
    {
        // Tenants are no tenant's rows; what a person gets of them is bound to its own memberships here.
        await using var db = storage.Directory.Open(TenantScope.All);
        var tenants = actor.IsVendor
            ? db.Tenants
            : db.Tenants.Where(tenant => tenant.Slug == actor.Tenant || db.Members.Any(member => member.Subject == actor.Id && member.Tenant == tenant.Slug));
        return await tenants.OrderBy(tenant => tenant.Slug).Select(tenant => new TenantLine(tenant.Slug, tenant.Title)).ToListAsync(ct);
    }
}
