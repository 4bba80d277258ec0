using Fabric.Tests.Support;
using Fabric.Workflows.Catalog;
using Fabric.Workflows.Engine;

namespace Fabric.Tests.Engine;

/// <summary>What a cell has under a version stays what it is.</summary>
public sealed class PublishedCopies
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Other_content_under_a_known_version_is_refused_with_both_hashes()
    {
        await using var bed = await EngineBed.OpenAsync();
        var (type, changed) = (EngineBed.Type(), EngineBed.Type() with { Hash = "another", Title = "Another" });
        var blueprint = EngineBed.Blueprint("one", [("a", [])], type);
        Assert.Null(await bed.Host.Catalog.EnsureAsync(blueprint, [type], Cancel));
        Assert.Null(await bed.Host.Catalog.EnsureAsync(blueprint, [type], Cancel));

        var next = EngineBed.Blueprint("one", [("a", [])], changed, version: 2);
        var fault = await bed.Host.Catalog.EnsureAsync(next, [changed], Cancel);
        Assert.Equal(FaultKind.Conflict, fault!.Kind);
        Assert.Contains(type.Hash, fault.Message, StringComparison.Ordinal);
        Assert.Contains("another", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(await bed.Host.Catalog.EnsureAsync(blueprint with { Hash = "other" }, [type], Cancel));

        // A cell that starts anew, so nothing is remembered, says the same.
        var fresh = new CellCatalog(bed.Cell);
        var lookup = await fresh.LookupAsync(blueprint, EntityCatalog.Load(Array.Empty<string>()).Catalog, Cancel);
        Assert.Equal(type.Title, lookup(type.Ref)!.Title);
        Assert.Null(lookup(changed.Ref));
    }

    [Fact]
    public async Task Two_that_put_the_same_at_once_both_succeed()
    {
        await using var bed = await EngineBed.OpenAsync();
        var blueprint = EngineBed.Blueprint("one", [("a", [])]);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => bed.Host.Catalog.EnsureAsync(blueprint, [EngineBed.Type()], Cancel))), Assert.Null);
    }
}
