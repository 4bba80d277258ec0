using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Fabric.Tests.Storage;

public sealed class StorageOptionsTests
{
    [Fact]
    public void All_faults_are_told_at_once_and_name_their_keys()
    {
        var faults = new StorageOptions { Provider = "Oracle", Cells = ["local", "No!", "local"], AnswerSeconds = 0 }.Faults();
        Assert.Collection(
            faults,
            f => Assert.StartsWith("Fabric:Storage:Provider", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Fabric:Storage:Cells:1", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Fabric:Storage:Cells names", f, StringComparison.Ordinal),
            f => Assert.StartsWith("Fabric:Storage:AnswerSeconds must be", f, StringComparison.Ordinal));
        Assert.StartsWith("Fabric:Storage:ConnectionString", Assert.Single(new StorageOptions { Provider = "Postgres" }.Faults()), StringComparison.Ordinal);
        Assert.Empty(StorageOptions.From(new ConfigurationBuilder().Build()).Faults());
    }

    [Fact]
    public async Task A_server_opens_all_it_keeps_with_one_call_and_a_second_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("fabric-open-").FullName;
        var options = new StorageOptions { Data = folder, Cells = ["one", "two"] };
        var master = new MasterKeys(new MasterKey(new byte[32]));
        Task<FabricStorage> Open() => FabricStorage.OpenAsync(options, master, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        await using (var storage = await Open())
        {
            Assert.Equal(["one", "two"], storage.Cells.All.Select(c => c.Slug).Order());
            await Assert.ThrowsAsync<ServerLockedException>(Open);
        }

        await (await Open()).DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
