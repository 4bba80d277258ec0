using Fabric.Tests.Blueprints;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Tests.Catalog;

public sealed class CatalogLoading : IDisposable
{
    private const string Sandbox = "  implementations: [{ on: sandbox, simulated: {} }]\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fabric-catalog");

    [Fact]
    public void A_folder_dropped_in_is_a_new_type_after_a_refresh()
    {
        Write("one", Type("one"));
        var catalog = EntityCatalog.Load(_folder.FullName).Catalog;
        Assert.Null(catalog.Find("two"));
        Write("two", Type("two"));
        Assert.Empty(catalog.Refresh());
        Assert.NotNull(catalog.Find("two"));
    }

    [Fact]
    public void Content_changed_under_the_same_version_is_refused_with_both_hashes()
    {
        Write("one", Type("one"));
        var catalog = EntityCatalog.Load(_folder.FullName).Catalog;
        var before = catalog.Find("one")!;
        Write("one", Type("one") + "  protect: true\n");
        var fault = Assert.Single(catalog.Refresh());
        var after = EntityCatalog.Load(_folder.FullName).Catalog.Find("one")!;
        Assert.Equal(FaultCodes.ContentChanged, fault.Code);
        Assert.Contains(before.Hash, fault.Message, StringComparison.Ordinal);
        Assert.Contains(after.Hash, fault.Message, StringComparison.Ordinal);
        Assert.Equal(before.Hash, catalog.Find("one")!.Hash);
    }

    [Fact]
    public void Content_that_differs_from_what_was_recorded_before_a_restart_is_refused_too()
    {
        Write("one", Type("one"));
        var load = EntityCatalog.Load([new EntityTypeRef("one", "1.0.0", "recorded")], _folder.FullName);
        Assert.Equal(FaultCodes.ContentChanged, Assert.Single(load.Faults).Code);
        Assert.Null(load.Catalog.Find("one"));
    }

    [Fact]
    public void A_changed_manifest_changes_the_hash()
    {
        Write("one", Type("one"));
        var before = EntityCatalog.Load(_folder.FullName).Catalog.Find("one")!.Hash;
        File.WriteAllText(Path.Combine(_folder.FullName, "one", "extra.yaml"), "a: 1\n");
        Assert.NotEqual(before, EntityCatalog.Load(_folder.FullName).Catalog.Find("one")!.Hash);
    }

    [Fact]
    public void Line_ends_of_a_checkout_change_no_hash()
    {
        Write("one", Type("one"));
        var before = EntityCatalog.Load(_folder.FullName).Catalog.Find("one")!.Hash;
        Write("one", Type("one").ReplaceLineEndings("\r\n"));
        Assert.Equal(before, EntityCatalog.Load(_folder.FullName).Catalog.Find("one")!.Hash);
    }

    [Theory]
    [InlineData("", "2.1.0"), InlineData("1", "1.3.1"), InlineData("1.2", "1.2.5"), InlineData("1.2.0", "1.2.0")]
    [InlineData("^1.2", "1.3.1"), InlineData("^2", "2.1.0"), InlineData("3", null), InlineData("^1.4", null), InlineData("x", null)]
    public void A_range_finds_the_newest_version_in_it(string range, string? version)
    {
        foreach (var each in (string[])["1.2.0", "1.2.5", "1.3.1", "2.0.0", "2.1.0"]) Write(each, Type("one", each));
        Assert.Equal(version, EntityCatalog.Load(_folder.FullName).Catalog.Find("one", range)?.Version);
    }

    [Fact]
    public void One_wrong_type_does_not_keep_the_others_out()
    {
        Write("bad", "kind: EntityType\n");
        Write("good", Type("good"));
        var load = EntityCatalog.Load(_folder.FullName);
        Assert.Equal(["good"], load.Catalog.Names);
        Assert.NotEmpty(load.Faults);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.Equal(FaultCodes.MissingFile, Assert.Single(EntityCatalog.Load(Path.Combine(_folder.FullName, "none")).Faults).Code);

    [Fact]
    public void Files_outside_the_types_own_folder_are_refused()
    {
        Write("one", Sample.Named("one", "1.0.0") + "  implementations: [{ on: cluster, manifests: ../../*.yaml }]\n");
        Assert.Contains(EntityCatalog.Load(_folder.FullName).Faults, f => f.Message == "'../../*.yaml' is outside the type's own folder; keep its files below it.");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Type(string name, string version = "1.0.0") => Sample.Named(name, version) + Sandbox;

    private void Write(string folder, string text) => Sample.Write(_folder.FullName, folder, text);
}
