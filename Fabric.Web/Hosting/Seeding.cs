using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Web.Hosting;

/// <summary>Brings the built-in blueprints into the directory; in Development also the sample tenant.</summary>
internal sealed partial class Seeding(FabricStorage storage, BlueprintLibrary library, IHostEnvironment host, TimeProvider time, ILogger<Seeding> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await TenantAsync(Actor.VendorTenant, "Vendor", cancellationToken);
        if (host.IsDevelopment())
            await TenantAsync("sample", "Sample", cancellationToken);
        foreach (var fault in await library.PublishFolderAsync(BlueprintFolder.BuiltIn, cancellationToken))
            LogFault(logger, fault);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task TenantAsync(string slug, string title, CancellationToken ct)
    {
        await using (var db = storage.Directory.Open(TenantScope.All))
        {
            if (await db.Tenants.AnyAsync(tenant => tenant.Slug == slug, ct))
                return;
        }

        await storage.Directory.WriteAsync(
            db =>
            {
                db.Add(new TenantRecord { Slug = slug, Title = title, CreatedAt = time.GetUtcNow() });
                return Task.CompletedTask;
            },
            [],
            ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A built-in blueprint cannot be published: {Fault}")]
    private static partial void LogFault(ILogger logger, string fault);
}
