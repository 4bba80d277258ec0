using Fabric.Tests.Storage;
using Fabric.Web.Live;
using Fabric.Web.Runtime.Desk;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Runs;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Pages.Desk;

/// <summary>Lists of runs and journals on two real cells.</summary>
public sealed class RunReadsTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-runreads-");
    private readonly FakeTimeProvider time = new(Rows.Now);
    private FabricStorage storage = null!;
    private RunReads reads = null!;
    private Guid prod;

    private static Actor Ann { get; } = new("u1", "Ann", ActorKind.Person, "acme", Role.Owner);

    public async ValueTask InitializeAsync()
    {
        storage = await FabricStorage.OpenAsync(new StorageOptions { Data = folder.FullName, Cells = ["local", "eu-1"] }, new MasterKeys(new MasterKey(new byte[32])), time, NullLoggerFactory.Instance);
        reads = new RunReads(storage, new EnvironmentFinder(storage, time));
        prod = await MakeAsync("prod", "acme", "local", (1, RunState.Failed), (2, RunState.Running));
        await MakeAsync("eu", "acme", "eu-1", (3, RunState.AwaitingApproval));
        await MakeAsync("other", "globex", "eu-1", (4, RunState.Succeeded));
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task<Guid> MakeAsync(string name, string tenant, string cell, params (int Number, RunState State)[] runs)
    {
        var environment = Rows.Environment(name, tenant, cell);
        var batch = new JournalBatch().Add(environment);
        foreach (var (number, state) in runs)
            batch.Add(Rows.Run(environment.Id, number, tenant) with { State = state, CreatedAt = Rows.Now.AddMinutes(number) });
        await storage.Environments.CreateAsync(environment, batch, TestContext.Current.CancellationToken);
        return environment.Id;
    }

    private async Task<string> NumbersAsync(Actor actor, RunFilter filter, int limit = 100) =>
        string.Join(',', (await reads.ListAsync(actor, filter, limit, TestContext.Current.CancellationToken)).Runs.Select(line => $"{line.Environment}/{line.Run.Number}"));

    [Fact]
    public async Task Runs_of_all_cells_stand_newest_first_and_only_those_one_may_see()
    {
        Assert.Equal("other/4,eu/3,prod/2,prod/1", await NumbersAsync(Actor.System, new RunFilter()));
        Assert.Equal("eu/3,prod/2,prod/1", await NumbersAsync(Ann, new RunFilter()));
        Assert.Equal("", await NumbersAsync(Ann, new RunFilter(Tenant: "globex")));
    }

    [Theory]
    [InlineData("going", null, null, "eu/3,prod/2")]
    [InlineData("waiting", null, null, "eu/3")]
    [InlineData("Failed", null, null, "prod/1")]
    [InlineData("nonsense", null, null, "")]
    [InlineData(null, "apply", null, "eu/3,prod/2,prod/1")]
    [InlineData(null, "destroy", null, "")]
    [InlineData(null, "nonsense", null, "")]
    [InlineData(null, null, "ANN", "eu/3,prod/2,prod/1")]
    [InlineData(null, null, "pro", "prod/2,prod/1")]
    public async Task A_filter_is_asked_of_the_database(string? state, string? kind, string? text, string numbers) =>
        Assert.Equal(numbers, await NumbersAsync(Ann, new RunFilter(state, kind, null, text)));

    [Fact]
    public async Task It_says_when_there_are_older_runs()
    {
        var two = await reads.ListAsync(Ann, new RunFilter(), 2, TestContext.Current.CancellationToken);
        var all = await reads.ListAsync(Ann, new RunFilter(), 3, TestContext.Current.CancellationToken);

        Assert.Equal((2, true), (two.Runs.Count, two.More));
        Assert.Equal((3, false), (all.Runs.Count, all.More));
    }

    [Fact]
    public async Task The_newest_events_are_read_first_and_the_earlier_ones_before_them()
    {
        var batch = new JournalBatch();
        for (var i = 1; i <= 5; i++)
            batch.Add(Rows.Event(prod, message: $"{i}"));
        await storage.Cells.Get("local").Journal.CommitAsync(batch, TestContext.Current.CancellationToken);

        var newest = await reads.LatestEventsAsync(Ann, prod, null, null, 2, TestContext.Current.CancellationToken);
        var earlier = await reads.LatestEventsAsync(Ann, prod, null, newest[0].Sequence, 2, TestContext.Current.CancellationToken);

        Assert.Equal(["4", "5"], newest.Select(line => line.Message));
        Assert.Equal(["2", "3"], earlier.Select(line => line.Message));
    }

    [Fact]
    public async Task A_person_may_open_the_tenants_it_is_a_member_of_and_a_vendor_all()
    {
        await storage.Directory.WriteAsync(
            db =>
            {
                foreach (var slug in (string[])["acme", "globex", "initech"])
                    db.Add(new TenantRecord { Slug = slug, Title = slug, CreatedAt = Rows.Now });
                db.Add(new Member { Tenant = "initech", Subject = "u1", Name = "Ann", Role = Role.Viewer, CreatedAt = Rows.Now });
                return Task.CompletedTask;
            },
            [],
            TestContext.Current.CancellationToken);
        var tenants = new TenantReads(storage);

        Assert.Equal(["acme", "initech"], (await tenants.ListAsync(Ann, TestContext.Current.CancellationToken)).Select(tenant => tenant.Slug));
        Assert.Equal(["acme", "globex", "initech"], (await tenants.ListAsync(Actor.System, TestContext.Current.CancellationToken)).Select(tenant => tenant.Slug));
    }
}
