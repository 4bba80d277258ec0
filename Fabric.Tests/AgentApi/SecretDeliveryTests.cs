using System.Security.Cryptography;
using System.Text;
using Fabric.Protocol.Crypto;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Fleet;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Fabric.Tests.AgentApi;

public sealed class SecretDeliveryTests : IAsyncLifetime
{
    private const string Clear = "a-very-clear-text";
    private const string Objects = """[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"p":"${secret.password}"}}]""";
    private AgentBed bed = null!;
    private AgentRecord agent = null!;
    private FabricEnvironment environment = null!;

    public async ValueTask InitializeAsync()
    {
        bed = await AgentBed.OpenAsync();
        (agent, environment) = await bed.ConnectAsync();
    }

    public ValueTask DisposeAsync() => bed.DisposeAsync();

    [Fact]
    public async Task A_secret_is_sealed_to_the_agent_alone()
    {
        await PutAsync(environment.Id, Clear);
        var jwe = await DeliverAsync();
        Assert.Equal(Clear, Unsealed(jwe));
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(Fabric.Protocol.Crypto.Sealing.Unseal(jwe, other));
    }

    [Fact]
    public async Task It_is_in_clear_neither_in_the_answer_nor_on_the_disk()
    {
        await PutAsync(environment.Id, Clear);
        await bed.IntendAsync(agent, environment.Id, objects: Objects);
        var reply = await bed.SyncAsync(agent);
        Assert.DoesNotContain(Clear, Encoding.UTF8.GetString(Jws.ReadUnverified(reply.Intents[0].Jws)!), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(bed.Folder, "*.db*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
            Assert.True(copy.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(Clear)) < 0, file);
        }
    }

    [Fact]
    public async Task The_environments_secret_goes_before_the_tenants()
    {
        await PutAsync(Guid.Empty, "tenant's");
        Assert.Equal("tenant's", Unsealed(await DeliverAsync()));
        await PutAsync(environment.Id, "environment's");
        Assert.Equal("environment's", Unsealed(await DeliverAsync()));
    }

    [Fact]
    public async Task One_that_nobody_set_is_made_once_and_stays()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(DeliverAsync)));
        var values = replies.Select(Unsealed).ToHashSet();
        Assert.Equal(43, Assert.Single(values).Length);
        Assert.Equal(1, (await bed.ReadAsync(db => db.Secrets.SingleAsync())).Version);
        Assert.Equal(1, await bed.ReadAsync(db => db.AuditEvents.CountAsync(e => e.Action == "secret.set")));
    }

    private Task PutAsync(Guid environmentId, string value) => new SecretStore(bed.Cell, bed.Time).PutAsync(Actor.System, "acme", environmentId, "password", value);

    private string Unsealed(string jwe) => Encoding.UTF8.GetString(Fabric.Protocol.Crypto.Sealing.Unseal(jwe, bed.Sealing)!);

    private async Task<string> DeliverAsync()
    {
        var intent = await bed.IntendAsync(agent, environment.Id, objects: Objects);
        var reply = await bed.SyncAsync(agent);
        var payload = reply.Intents.Select(bed.Open).Single(payload => payload.EntityId == intent.EntityId);
        return Assert.Single(payload.Secrets).Jwe;
    }
}
