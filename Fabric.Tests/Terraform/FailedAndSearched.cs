using System.Text;
using System.Text.Json.Nodes;
using Fabric.Tests.Storage;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Executors;
using Fabric.Workflows.Executors.Terraform;
using Fabric.Workflows.Executors.Terraform.Log;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;

namespace Fabric.Tests.Terraform;

/// <summary>An apply that said itself that it failed: what it was making may stand all the same, and is looked for by its tags.</summary>
public sealed class FailedAndSearched : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-failed");
    private readonly Account account = new();
    private TerraformBed bed = null!;
    private FabricEnvironment environment = null!;
    private Lease lease = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bed = await TerraformBed.OpenAsync(Stop, clouds: account);
        environment = await bed.CreateAsync(SmallModule.Blueprint("first"), SmallModule.Values(1));
        lease = TerraformRows.OneOfEach(environment.Id, "sample").OfType<Lease>().Single() with { Directory = folder.FullName, EndedAt = null, Result = LeaseResult.Running, PlanId = null };
        await bed.Bed.Cell.Journal.CommitAsync(new JournalBatch().Add(lease), Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await bed.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("aws_vpc", false, true)]
    [InlineData("aws_vpc", true, false)]
    [InlineData("aws_eip", false, false)]
    [InlineData(null, false, false)]
    public async Task What_was_being_made_and_is_found_is_not_made_again(string? type, bool byItself, bool lost)
    {
        if (type is not null)
            account.Found.Add(new CloudResource(type, "new-1", "", byItself ? new Dictionary<string, string> { ["fabric-through"] = "nodes" } : []));
        var found = await LookAsync(new LogEvent(LogEventKind.Started, "Creating...", "aws_vpc.it", "aws_vpc", "create"));
        Assert.Equal(lost, found?.NeedsPerson == true);
        Assert.Equal(lost, found?.Report.Contains("aws_vpc.it (new-1)", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Where_nobody_can_look_a_failure_stays_one()
    {
        account.Fault = new OperationFault(FaultKind.Unavailable, CloudFaults.Unreachable, "It is away.");
        Assert.Null(await LookAsync(new LogEvent(LogEventKind.Started, "Creating...", "aws_vpc.it", "aws_vpc", "create")));
    }

    [Theory]
    [InlineData("old-1", false)]
    [InlineData("new-1", true)]
    public async Task A_replacement_that_the_state_has_not_heard_of_is_for_a_person(string id, bool lost)
    {
        var state = """{"version":4,"serial":1,"lineage":"l","resources":[{"mode":"managed","type":"aws_vpc","name":"it","instances":[{"attributes":{"id":"old-1"}}]}]}""";
        await bed.Shop.States.TakeLeftAsync(lease, Encoding.UTF8.GetBytes(state), Stop);
        var found = await LookAsync(new LogEvent(LogEventKind.Completed, "Creation complete", "aws_vpc.it", "aws_vpc", "create", id));
        Assert.Equal(lost, found?.NeedsPerson == true);
        Assert.Equal(lost, found?.Report.Contains("Not among them: aws_vpc.it", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("aws_iam_access_key", "", true)]
    [InlineData("aws_route", "", false)]
    [InlineData("google_compute_network", "", false)]
    [InlineData("google_service_account_key", "", true)]
    [InlineData("azurerm_subnet", "", false)]
    [InlineData("time_sleep", "", false)]
    [InlineData("aws_vpc", "tags.Name", false)]
    public void What_leaves_no_trace_may_be_there_twice_unless_it_joins_what_is(string type, string field, bool twice)
    {
        ResourceChange planned = new($"{type}.it", type, PlanAction.Create, field.Length > 0 ? [new FieldChange(field, null, "it")] : []);
        Assert.Equal(twice, new Traces([planned]).CanBeTwice(new LogEvent(LogEventKind.Started, "Creating...", planned.Address, type, "create")));
    }

    [Fact]
    public async Task What_was_being_made_when_it_was_killed_is_named_though_it_was_not_found()
    {
        var found = await LookAsync(new LogEvent(LogEventKind.Started, "Creating...", "aws_iam_access_key.it", "aws_iam_access_key", "create"), exit: 137);
        Assert.True(found!.NeedsPerson);
        Assert.Contains("Not among them: aws_iam_access_key.it", found.Report, StringComparison.Ordinal);
        var join = await LookAsync(new LogEvent(LogEventKind.Started, "Creating...", "aws_route.it", "aws_route", "create"), exit: 137);
        Assert.False(join!.NeedsPerson);
        Assert.Contains("there once at most: aws_route.it", join.Report, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_written_as_Terraform_writes_them()
    {
        var state = """{"resources":[{"mode":"managed","type":"t","name":"n","instances":[{"index_key":"a+b & \"ü\" ${x}","attributes":{"id":"1"}},{"index_key":0,"deposed":"x","attributes":{"id":"2"}}]}]}""";
        var known = StateResources.Read(Encoding.UTF8.GetBytes(state));
        Assert.Equal(["""t.n["a+b & \"ü\" $${x}"]"""], known.Addresses);
        Assert.Equal(["1", "2"], known.Ids.Order());
        Assert.Equal("aws_vpc", StateResources.TypeOf("""module.a["x.y"].aws_vpc.this["b.\"]c"]"""));
    }

    private async Task<RecoveryFound?> LookAsync(LogEvent seen, int exit = 1)
    {
        var progress = new WorkProgress();
        progress.Take(seen);
        var run = Rows.Run(environment.Id, tenant: "sample");
        var step = new StepContext { Environment = environment with { AccountId = lease.Id }, Run = run, Step = Rows.Step(environment.Id, run.Id, tenant: "sample"), Entity = Rows.Entity(environment.Id, tenant: "sample") with { Id = lease.EntityId }, Config = new JsonObject() };
        return await new Recovery(bed.Shop).LookIntoAsync(step, new Attended(lease, progress, true, exit), Stop);
    }

    /// <summary>A stand-in of an account that tells what it holds.</summary>
    private sealed class Account : NoAccounts
    {
        public List<CloudResource> Found { get; } = [];

        public OperationFault? Fault { get; set; }

        public override Task<Outcome<IReadOnlyList<CloudResource>>> FindAsync(FabricEnvironment environment, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
            Task.FromResult<Outcome<IReadOnlyList<CloudResource>>>(Fault is { } fault ? fault : Found);
    }
}
