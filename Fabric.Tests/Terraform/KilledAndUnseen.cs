using System.Text.Json.Nodes;
using Fabric.Tests.Storage;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Log;
using Fabric.Workflows.Persistence;

namespace Fabric.Tests.Terraform;

/// <summary>What is made of an apply that was killed when nobody can see what it left.</summary>
public sealed class KilledAndUnseen : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-killed");
    private TerraformBed bed = null!;
    private FabricEnvironment environment = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bed = await TerraformBed.OpenAsync(Stop);
        environment = await bed.CreateAsync(SmallModule.Blueprint("first"), SmallModule.Values(1));
    }

    public async ValueTask DisposeAsync()
    {
        await bed.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Only_a_directory_without_the_lock_proves_that_nothing_began()
    {
        var lease = Lease(folder.FullName);
        Assert.Equal(LeaseResult.NeverBegan, new Attended(lease, new WorkProgress(), true, null).Result);
        File.WriteAllText(Path.Combine(folder.FullName, "lease.lock"), "");
        Assert.Equal(LeaseResult.Killed, new Attended(lease, new WorkProgress(), true, null).Result);
        Assert.Equal(LeaseResult.Killed, new Attended(lease with { Directory = Path.Combine(folder.FullName, "gone") }, new WorkProgress(), true, null).Result);
        Assert.Equal(LeaseResult.Killed, new Attended(lease, new WorkProgress(), true, 137).Result);
        Assert.Equal(LeaseResult.Failed, new Attended(lease, new WorkProgress(), true, 1).Result);
        // A Terraform that broke down said nothing of what it did.
        Assert.Equal(LeaseResult.Killed, new Attended(lease, new WorkProgress(), true, 11).Result);
    }

    [Theory]
    [InlineData("aws_vpc", true)]
    [InlineData("terraform_data", false)]
    public async Task What_was_being_made_where_nobody_can_look_is_for_a_person(string type, bool person)
    {
        var progress = new WorkProgress();
        progress.Take(new LogEvent(LogEventKind.Started, "Creating...", $"{type}.it", type, "create"));
        var lease = Lease(folder.FullName);
        await bed.Bed.Cell.Journal.CommitAsync(new JournalBatch().Add(lease), Stop);

        var found = await new Recovery(bed.Shop).LookIntoAsync(Step(lease), new Attended(lease, progress, true, 137), Stop);

        Assert.Equal(person, found!.NeedsPerson);
        Assert.Equal(person, found.Report.Contains($"{type}.it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_directory_gone_nothing_is_believed()
    {
        var lease = Lease(Path.Combine(folder.FullName, "gone"));
        var found = await new Recovery(bed.Shop).LookIntoAsync(Step(lease), new Attended(lease, new WorkProgress(), true, null), Stop);
        Assert.True(found!.NeedsPerson);
        Assert.Contains("retry the step", found.Report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vpc-1", true)]
    [InlineData("", false)]
    public async Task An_apply_that_failed_is_looked_into_when_the_state_has_not_heard_of_what_it_made(string made, bool person)
    {
        var progress = new WorkProgress();
        progress.Take(new LogEvent(LogEventKind.Completed, "Creation complete", "aws_vpc.it", "aws_vpc", "create", made));
        var lease = Lease(folder.FullName);
        await bed.Bed.Cell.Journal.CommitAsync(new JournalBatch().Add(lease), Stop);
        var found = await new Recovery(bed.Shop).LookIntoAsync(Step(lease), new Attended(lease, progress, true, 1), Stop);
        Assert.Equal(person ? true : null, found?.NeedsPerson);
        Assert.Equal(person, found?.Report.Contains("aws_vpc.it (vpc-1)", StringComparison.Ordinal) == true);
    }

    private Lease Lease(string directory) => TerraformRows.OneOfEach(environment.Id, "sample").OfType<Lease>().Single() with { Directory = directory, EndedAt = null, Result = LeaseResult.Running, PlanId = null };

    private StepContext Step(Lease lease)
    {
        var run = Rows.Run(environment.Id, tenant: "sample");
        return new StepContext { Environment = environment with { AccountId = lease.Id }, Run = run, Step = Rows.Step(environment.Id, run.Id, tenant: "sample"), Entity = Rows.Entity(environment.Id, tenant: "sample") with { Id = lease.EntityId }, Config = new JsonObject() };
    }
}
