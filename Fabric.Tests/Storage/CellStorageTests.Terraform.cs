using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Plans;
using Fabric.Workflows.Executors.Terraform.State;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Fabric.Tests.Storage;

public abstract partial class CellStorageTests
{
    [Fact]
    public async Task What_of_Terraforms_work_is_too_old_is_forgotten_and_what_stands_is_not()
    {
        var environment = await AddAsync(Rows.Environment());
        var rows = TerraformRows.OneOfEach(environment.Id, environment.Tenant);
        var (log, lease, plan, version) = (rows.OfType<StepLog>().Single(), rows.OfType<Lease>().Single(), rows.OfType<KeptPlan>().Single(), rows.OfType<StateVersion>().Single());
        var late = Rows.Now.AddDays(89);
        var batch = new JournalBatch().Add(log).Add(log with { Id = Rows.NewId(), At = late, Text = "new\n" })
            .Add(lease with { Outcome = "applied last" }).Add(lease with { Id = Rows.NewId(), Outcome = "old" }).Add(lease with { Id = Rows.NewId(), EndedAt = null, Outcome = "open" })
            .Add(plan).Add(plan with { Id = Rows.NewId(), UsedBy = null }).Add(plan with { Id = Rows.NewId(), UsedBy = Rows.NewId(), Sealed = null }).Add(plan with { Id = Rows.NewId(), UsedBy = null, MadeAt = late });
        foreach (var (number, aside, at) in new[] { (1, false, Rows.Now), (2, true, Rows.Now), (3, false, Rows.Now), (4, false, late), (5, false, Rows.Now), (6, true, Rows.Now), (7, true, Rows.Now) })
            batch.Add(version with { Number = number, Aside = aside, At = at }).Add(new StateBody { EntityId = version.EntityId, Number = number, Tenant = version.Tenant, Sealed = [1] });
        await Cell.Journal.CommitAsync(batch, Cancel);

        var gone = await new Retention(Cell, new TerraformOptions { KeepDays = 90, KeepStates = 2 }, new FakeTimeProvider(Rows.Now.AddDays(100))).ForgetAsync(Cancel);

        await using var db = Cell.Open(TenantScope.All);
        Assert.Equal(["new\n"], await db.StepLogs.Where(row => row.EnvironmentId == environment.Id).Select(row => row.Text).ToListAsync(Cancel));
        Assert.Equal(["applied last", "open"], (await db.Leases.Where(row => row.EnvironmentId == environment.Id).Select(row => row.Outcome).ToListAsync(Cancel)).Order());
        Assert.Equal(2, await db.KeptPlans.CountAsync(row => row.EnvironmentId == environment.Id, Cancel));
        // 5 is in force though two newer ones were set aside, 4 is young, and what was set aside waits for a person.
        Assert.Equal([2, 4, 5, 6, 7], await db.StateVersions.Where(row => row.EntityId == version.EntityId).OrderBy(row => row.Number).Select(row => row.Number).ToListAsync(Cancel));
        Assert.Equal([2, 4, 5, 6, 7], await db.StateBodies.Where(row => row.EntityId == version.EntityId).OrderBy(row => row.Number).Select(row => row.Number).ToListAsync(Cancel));
        Assert.Equal(6, gone);
    }
}
