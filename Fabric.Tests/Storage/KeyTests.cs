using System.Security.Cryptography;
using System.Text;
using Fabric.Workflows.Audit;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Persistence.Sqlite;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Fabric.Tests.Storage;

public sealed class KeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fabric-keys-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Development_makes_a_key_that_only_its_owner_reads_and_production_refuses()
    {
        var none = new ConfigurationBuilder().Build();
        Assert.Contains("Fabric:Keys is not set", Assert.Throws<InvalidOperationException>(() => MasterKeySource.Load(none, folder, development: false)).Message, StringComparison.Ordinal);
        var made = MasterKeySource.Load(none, folder, development: true);
        Assert.Equal(made.Current.Id, MasterKeySource.Load(none, folder, development: true).Current.Id);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "master.key")));
    }

    [Fact]
    public void A_key_comes_from_a_file_or_from_the_setting_itself()
    {
        var bytes = RandomNumberGenerator.GetBytes(32);
        var file = Path.Combine(folder, "key");
        File.WriteAllText(file, Convert.ToBase64String(bytes) + "\n");
        var id = new MasterKey(bytes).Id;
        Assert.Equal(id, Load(file).Current.Id);
        Assert.Equal(id, Load(Convert.ToBase64String(bytes)).Current.Id);
        Assert.Contains("32 bytes in base64", Assert.Throws<InvalidOperationException>(() => Load("c2hvcnQ=")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_a_cell_stay_through_a_restart_and_a_new_master_key()
    {
        var (old, next) = (new MasterKey(RandomNumberGenerator.GetBytes(32)), new MasterKey(RandomNumberGenerator.GetBytes(32)));
        var message = "intent"u8.ToArray();
        byte[] signature, secret;
        string keyId;
        long incarnation;
        await using (var cell = await OpenAsync(new MasterKeys(old)))
        {
            (signature, secret, keyId, incarnation) = (cell.Keys.Signing.Sign(message), cell.Keys.Seal(message, "a"u8), cell.Keys.Signing.KeyId, cell.Incarnation);
        }

        var refused = await Assert.ThrowsAsync<CellUnreachableException>(() => OpenAsync(new MasterKeys(next)));
        Assert.Contains("Fabric:PreviousKeys", refused.Sentence, StringComparison.Ordinal);
        await (await OpenAsync(new MasterKeys(next, old))).DisposeAsync();
        await using var again = await OpenAsync(new MasterKeys(next));
        Assert.Equal((keyId, incarnation), (again.Keys.Signing.KeyId, again.Incarnation));
        Assert.True(again.Keys.Signing.Verify(message, signature));
        Assert.Equal(message, again.Keys.Unseal(secret, "a"u8));
    }

    [Fact]
    public void A_sealed_value_opens_only_where_it_belongs_and_after_a_rotation_still()
    {
        using var keys = CellKeys.Create();
        using var rotated = keys.Rotated();
        using var others = CellKeys.Create();
        var sealedBytes = keys.Seal("value"u8, "acme/pw"u8);
        Assert.Equal("value", Encoding.UTF8.GetString(rotated.Unseal(sealedBytes, "acme/pw"u8)));
        Assert.NotEqual(keys.Signing.KeyId, rotated.Signing.KeyId);
        Assert.ThrowsAny<CryptographicException>(() => keys.Unseal(sealedBytes, "acme/other"u8));
        Assert.ThrowsAny<CryptographicException>(() => others.Unseal(sealedBytes, "acme/pw"u8));
        sealedBytes[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => keys.Unseal(sealedBytes, "acme/pw"u8));
    }

    [Fact]
    public async Task A_secret_is_sealed_at_rest_and_every_look_is_in_the_chain()
    {
        await using var cell = await OpenAsync(new MasterKeys(new MasterKey(new byte[32])));
        var store = new SecretStore(cell, TimeProvider.System);
        var (ann, environment) = (new Actor("u1", "Ann", ActorKind.Person, "acme", Role.Owner), Rows.NewId());
        Assert.Equal(1, await store.PutAsync(ann, "acme", Guid.Empty, "pw", "tenant-wide", Cancel));
        Assert.Equal(1, await store.PutAsync(ann, "acme", environment, "pw", "first", Cancel));
        Assert.Equal(2, await store.PutAsync(ann, "acme", environment, "pw", "second", Cancel));
        Assert.Equal("second", await store.GetAsync(ann, "acme", environment, "pw", "to see", Cancel));
        Assert.Equal("tenant-wide", await store.GetAsync(ann, "acme", Rows.NewId(), "pw", "to see", Cancel));
        Assert.Null(await store.GetAsync(ann, "other", environment, "pw", "to see", Cancel));

        await using var db = cell.Open(TenantScope.Of("acme"));
        var chain = await db.AuditEvents.OrderBy(a => a.Sequence).ToListAsync(Cancel);
        Assert.Equal(["secret.set", "secret.set", "secret.set", "secret.look", "secret.look"], chain.Select(a => a.Action));
        Assert.Null(AuditChain.FirstBreak(chain));
        Assert.DoesNotContain(await db.Secrets.ToListAsync(Cancel), s => Encoding.UTF8.GetString(s.Sealed).Contains("second", StringComparison.Ordinal));
    }

    private static MasterKeys Load(string setting) => MasterKeySource.Load(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Fabric:Keys", setting)]).Build(), "unused", development: false);

    private Task<Cell> OpenAsync(MasterKeys master) =>
        Cell.OpenAsync("local", new SqliteStorage(folder), master, TimeProvider.System, NullLogger<Cell>.Instance, Cancel);
}
