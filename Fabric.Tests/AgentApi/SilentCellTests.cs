using Fabric.Protocol;
using Fabric.Tests.Storage;
using Fabric.Web.AgentApi;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.AgentApi;

/// <summary>A cell that does not answer says nothing about its agents: they are asked to wait, and not sent away.</summary>
public sealed class SilentCellTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fabric-silent-");
    private readonly FakeTimeProvider time = new(Rows.Now);
    private FabricStorage storage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "cell-eu-1.db"), new string('x', 9_000), Cancel);
        var options = new StorageOptions { Data = folder.FullName, Cells = ["local", "eu-1"] };
        storage = await FabricStorage.OpenAsync(options, new MasterKeys(new MasterKey(new byte[32])), time, NullLoggerFactory.Instance, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_agent_that_no_answering_cell_knows_is_not_called_unknown_while_one_is_silent()
    {
        var silent = await Assert.ThrowsAsync<CellUnreachableException>(() => new AgentDirectory(storage, time).FindAsync(Rows.NewId(), Cancel));
        Assert.Equal("eu-1", silent.Cell);
    }

    [Fact]
    public async Task A_token_of_a_silent_cell_is_answered_with_a_wait()
    {
        await using var bed = await AgentBed.OpenAsync();
        using var enroller = new Enroller(storage, time);
        var (token, _) = EnrollmentTokens.Create("eu-1", "acme", Rows.NewId(), time.GetUtcNow());
        var problem = AgentBed.Problem(await enroller.EnrolAsync(bed.EnrolRequest(token), Cancel));
        Assert.Equal((StatusCodes.Status503ServiceUnavailable, AgentErrorCodes.Busy), (problem.Status, problem.Code));
        Assert.True(problem.RetryAfterSeconds > 0);

        var (foreign, _) = EnrollmentTokens.Create("us-1", "acme", Rows.NewId(), time.GetUtcNow());
        Assert.Equal(AgentErrorCodes.TokenInvalid, AgentBed.Problem(await enroller.EnrolAsync(bed.EnrolRequest(foreign), Cancel)).Code);
    }
}
