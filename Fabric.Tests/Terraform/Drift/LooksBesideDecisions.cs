using Fabric.Tests.Support;
using Fabric.Workflows.Executors.Terraform.Drift;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.Terraform.Drift;

/// <summary>A look and a decision that read the same finding and write one after the other.</summary>
public sealed class LooksBesideDecisions
{
    [Fact]
    public async Task What_a_look_saw_while_somebody_decided_is_open_at_the_next_look()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var bed = await EngineBed.OpenAsync();
        var now = DateTimeOffset.UtcNow;
        var read = DriftDecisionTests.Finding(changes: new FieldChange("size", 1, 2));
        await bed.Cell.Journal.CommitAsync(new JournalBatch().Add(read), stop);

        var later = new ResourceChange(read.Address, read.Type, read.Action, [new FieldChange("size", 1, 3)]);
        await bed.Cell.Journal.CommitAsync(new JournalBatch().Change(read, DriftRules.Found(later, read, now)!), stop);
        var decided = IgnoreDrift.Decide(read, read.Fingerprint(), Actor.System, now.AddDays(9), "known", now).Value;
        await bed.Cell.Journal.CommitAsync(new JournalBatch().Change(read, decided), stop);

        var stands = await bed.ReadAsync(db => db.DriftFindings.SingleAsync(stop));
        Assert.Equal((DriftState.Ignored, read.Fingerprint()), (stands.State, stands.Fingerprint()));
        Assert.Equal(DriftState.Open, DriftRules.Found(later, stands, now)!.State);
    }
}
