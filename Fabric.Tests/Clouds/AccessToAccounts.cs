using System.Text;
using Fabric.Tests.Storage;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Engine;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Persistence.Sqlite;
using Fabric.Workflows.Secrets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fabric.Tests.Clouds;

/// <summary>An environment reaches its own account and no other.</summary>
public sealed class AccessToAccounts : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("fabric-clouds").FullName;
    private readonly FakeCloud cloud = new("aws");
    private CellRegistry cells = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CloudAccess Access => new(cells, new CloudCatalog([cloud, new FakeCloud("azure")]));

    public async ValueTask InitializeAsync()
    {
        cells = new CellRegistry(["local", "far"], new SqliteStorage(folder), new MasterKeys(new MasterKey(new byte[32])), TimeProvider.System, NullLoggerFactory.Instance);
        await cells.OpenAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await cells.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_credential_is_opened_for_the_account_of_the_environment()
    {
        var account = await AccountAsync("sample");
        var session = await Access.OpenAsync(Environment("sample", account.Id), "fabric-plan", Stop);
        Assert.Equal(account.Account, session.Value.Account);
        Assert.Equal(("the-secret-of-sample", "eu-central-1", "fabric-plan"), cloud.Opened);
    }

    [Theory]
    [InlineData("other", "local", "aws", CloudFaults.NoAccount)]
    [InlineData("sample", "far", "aws", CloudFaults.NoAccount)]
    [InlineData("sample", "local", "azure", CloudFaults.NoAccount)]
    [InlineData("sample", "nowhere", "aws", "CellUnreachable")]
    public async Task Nobody_elses_account_is_reached(string tenant, string cell, string on, string code)
    {
        var account = await AccountAsync("sample");
        var session = await Access.OpenAsync(Environment(tenant, account.Id) with { Cell = cell, Cloud = on }, "x", Stop);
        Assert.Equal(code, session.Faults[0].Code);
        Assert.Null(cloud.Opened);
    }

    [Fact]
    public async Task An_environment_without_an_account_is_told_so() =>
        Assert.Equal(CloudFaults.NoAccount, (await Access.OpenAsync(Environment("sample", null), "x", Stop)).Faults[0].Code);

    [Fact]
    public async Task A_credential_that_was_put_into_another_row_does_not_open()
    {
        var account = await AccountAsync("sample");
        var thief = SampleAccounts.Row("aws", "1", [], "thief", "other") with { Sealed = account.Sealed };
        await cells.Get("local").Journal.CommitAsync(new JournalBatch().Add(thief), Stop);
        Assert.Equal(CloudFaults.NoAccount, (await Access.OpenAsync(Environment("other", thief.Id), "x", Stop)).Faults[0].Code);
        Assert.Null(cloud.Opened);
    }

    [Fact]
    public async Task Looking_signs_in_first_and_never_looks_for_nothing()
    {
        var environment = Environment("sample", (await AccountAsync("sample")).Id);
        Assert.Equal("found", Assert.Single((await Access.FindAsync(environment, new Dictionary<string, string> { ["a"] = "b" }, Stop)).Value).Id);
        Assert.Equal("net-1", Assert.Single((await Access.InNetworkAsync(environment, "net-1", Stop)).Value).Id);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Access.FindAsync(environment, new Dictionary<string, string>(), Stop));
        cloud.Fault = new OperationFault(FaultKind.WrongState, CloudFaults.SignInRefused, "No.");
        Assert.Equal("No.", (await Access.InNetworkAsync(environment, "net-1", Stop)).Faults[0].Message);
    }

    private static FabricEnvironment Environment(string tenant, Guid? account) =>
        Rows.Environment(tenant: tenant) with { Cell = "local", Cloud = "aws", Region = "eu-central-1", AccountId = account };

    private async Task<CloudAccount> AccountAsync(string tenant)
    {
        var cell = cells.Get("local");
        var row = SampleAccounts.Row("aws", "123456789012", new() { ["kind"] = "key", ["who"] = "me" }, tenant: tenant);
        row = row with { Sealed = cell.Keys.Seal(Encoding.UTF8.GetBytes($"the-secret-of-{tenant}"), Encoding.UTF8.GetBytes($"cloud-account/{tenant}/{row.Id:D}")) };
        await cell.Journal.CommitAsync(new JournalBatch().Add(row), Stop);
        return row;
    }
}
