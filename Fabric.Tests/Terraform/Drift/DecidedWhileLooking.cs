using Fabric.Tests.Storage;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform.Drift;

/// <summary>What a person decides on a finding while a look is under way stays decided.</summary>
public sealed class DecidedWhileLooking
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_look_writes_what_it_saw_and_leaves_the_decision()
    {
        await using var bed = await TerraformBed.OpenAsync(Stop);
        var environment = await bed.CreateAsync(SmallModule.Blueprint("first"), SmallModule.Values(1));
        var rows = TerraformRows.OneOfEach(environment.Id, "sample");
        var lease = rows.OfType<Lease>().Single() with { EndedAt = null };
        var read = rows.OfType<DriftFinding>().Single() with { State = DriftState.Open, DecidedBy = "", Reason = "" };
        await bed.Bed.Cell.Journal.CommitAsync(new JournalBatch().Add(lease).Add(read), Stop);
        await bed.Bed.Cell.Journal.CommitAsync(new JournalBatch().Put(read with { State = DriftState.Ignored, Until = Rows.Now.AddDays(9), DecidedBy = "Olivia" }), Stop);

        await bed.Shop.EndAsync(lease, LeaseResult.Succeeded, "As deployed.", Stop, new RowChange(read, read with { SeenAt = Rows.Now.AddDays(1) }));

        var stands = await bed.Bed.ReadAsync(db => db.DriftFindings.SingleAsync(Stop));
        Assert.Equal((DriftState.Ignored, "Olivia", Rows.Now.AddDays(1)), (stands.State, stands.DecidedBy, stands.SeenAt));
    }
}
