using Fabric.Tests.Storage;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Blueprints.Drafts;
using Fabric.Workflows.Blueprints.Versions;
using Fabric.Workflows.Environments;
using Fabric.Workflows.Persistence;
using Fabric.Workflows.Secrets;
using Fabric.Workflows.Tenancy;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Tests.Blueprints.Life;

/// <summary>A library on real databases in a folder of its own, with the sample catalog.</summary>
public abstract class LibraryBed : IAsyncLifetime
{
    protected static readonly Actor Ada = new("ada", "Ada", ActorKind.Person, Actor.VendorTenant, Role.Admin);
    protected static readonly Actor Owner = new("olga", "Olga", ActorKind.Person, "sample", Role.Owner);

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("fabric-life-");

    protected FakeTimeProvider Time { get; } = new(Rows.Now);

    protected FabricStorage Storage { get; private set; } = null!;

    protected BlueprintLibrary Library { get; private set; } = null!;

    protected VersionStages Stages { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Storage = await FabricStorage.OpenAsync(new StorageOptions { Data = data.FullName }, new MasterKeys(new MasterKey(new byte[32])), Time, NullLoggerFactory.Instance);
        Library = new BlueprintLibrary(Storage.Directory, Sample.Catalog, new DraftFeed(), Time);
        Stages = new VersionStages(Storage, Time);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        data.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A text of a blueprint with some nodes.</summary>
    protected static string Text(string name, params string[] nodes) =>
        $"apiVersion: fabric/v1\nkind: Blueprint\nmetadata: {{ name: {name} }}\nspec:\n  nodes:\n{string.Concat(nodes.Select(node => $"    {node}\n"))}";

    protected const string Net = "net: { entity: network@1 }";

    protected async Task<CompiledBlueprint> PublishAsync(string name, string text)
    {
        await DraftAsync(name, text);
        var published = await Library.PublishAsync(Ada, name, "Because.", Cancel);
        Assert.True(published.Succeeded, published.Succeeded ? "" : published.Faults[0].Message);
        return published.Value;
    }

    protected async Task DraftAsync(string name, string text) => Assert.True((await Library.PutDraftAsync(Ada, name, text, null, Cancel)).Succeeded);

    /// <summary>An environment that is to be a version.</summary>
    protected async Task<Guid> UseAsync(string blueprint, int version, string name = "env")
    {
        var environment = Rows.Environment(name, "sample", "local") with { Blueprint = blueprint };
        var generation = new Generation
        {
            EnvironmentId = environment.Id, Number = environment.Generation, Tenant = "sample", Blueprint = blueprint, BlueprintVersion = version, Revision = 1,
            Parameters = [], NoOp = [], Adopted = [], CreatedAt = Rows.Now, ActorId = "ada",
        };
        await Storage.Environments.CreateAsync(environment, new JournalBatch().Add(environment).Add(generation), Cancel);
        return environment.Id;
    }

    protected async Task<IReadOnlyList<string>> AuditAsync()
    {
        await using var db = Storage.Directory.Open(TenantScope.All);
        return [.. db.AuditEvents.OrderBy(row => row.Sequence).Select(row => row.Action + ": " + row.Message)];
    }
}
