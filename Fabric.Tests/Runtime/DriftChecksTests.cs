using System.Text.Json.Nodes;
using Fabric.Tests.PublicApi;
using Fabric.Web.Runtime;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using EntityState = Fabric.Workflows.Environments.EntityState;

namespace Fabric.Tests.Runtime;

/// <summary>The schedule of looks for drift in a running server.</summary>
[Collection("api")]
public sealed class DriftChecksTests(ApiHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_environment_of_a_real_cloud_that_is_due_is_looked_at_once_and_a_simulated_one_never()
    {
        var real = await DueAsync("aws");
        var simulated = await DueAsync(FabricEnvironment.SandboxCloud);
        var busy = await DueAsync("aws", activeRun: Guid.CreateVersion7());
        Assert.DoesNotContain(real, await Checks.StartDueAsync(Stop));

        host.Clock.Advance(TimeSpan.FromHours(31));
        await Checks.StartDueAsync(Stop);
        await Checks.StartDueAsync(Stop);

        var look = Assert.Single(await ChecksAsync(real));
        Assert.Equal(("Fabric", "The schedule of looks for drift."), (look.ActorName, look.Why));
        Assert.Empty(await ChecksAsync(simulated));
        Assert.Empty(await ChecksAsync(busy));
    }

    [Fact]
    public async Task An_environment_that_is_not_well_is_looked_at_too_as_long_as_something_stands_in_it_and_it_is_not_over()
    {
        Guid[] looked = [await DueAsync("aws", state: EnvironmentState.Degraded), await DueAsync("aws", state: EnvironmentState.Failed), await DueAsync("aws", state: EnvironmentState.Draft)];
        Guid[] left = [await DueAsync("aws", state: EnvironmentState.HandedOver), await DueAsync("aws", state: EnvironmentState.Failed, entity: EntityState.Destroyed)];
        host.Clock.Advance(TimeSpan.FromHours(31));

        await Checks.StartDueAsync(Stop);

        foreach (var id in looked)
            Assert.Single(await ChecksAsync(id));
        foreach (var id in left)
            Assert.Empty(await ChecksAsync(id));
    }

    private DriftChecks Checks => host.Services.GetServices<IHostedService>().OfType<DriftChecks>().Single();

    private Task<List<Run>> ChecksAsync(Guid environment) =>
        host.Cell().ReadAsync(TenantScope.All, db => db.Runs.Where(run => run.EnvironmentId == environment && run.Kind == RunKind.Check).ToListAsync(Stop));

    private async Task<Guid> DueAsync(string cloud, Guid? activeRun = null, EnvironmentState state = EnvironmentState.Ready, EntityState entity = EntityState.Ready)
    {
        var (id, run, _) = await host.EnvironmentWithNetworkAsync();
        await host.CancelAsync(run);
        var row = await host.Cell().ReadAsync(TenantScope.All, db => db.Environments.SingleAsync(e => e.Id == id, Stop));
        var entities = await host.Cell().ReadAsync(TenantScope.All, db => db.Entities.Where(e => e.EnvironmentId == id).ToListAsync(Stop));
        // An account of its own: what other tests have going takes no room of it.
        await host.PutAsync([row with { Cloud = cloud, State = state, AccountId = Guid.CreateVersion7(), ActiveRunId = activeRun }, .. entities.Select(one => one with { State = entity })]);
        return id;
    }
}
