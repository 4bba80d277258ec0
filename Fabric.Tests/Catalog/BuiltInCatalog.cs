using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Tests.Catalog;

/// <summary>What comes with the product, loaded once for all tests that only read it.</summary>
internal static class BuiltInCatalog
{
    private static readonly Lazy<CatalogLoad> Loaded = new(() => EntityCatalog.Load(EntityCatalog.BuiltInFolder));

    public static CatalogLoad Load => Loaded.Value;

    public static EntityCatalog Catalog => Loaded.Value.Catalog;

    public static BlueprintLoad Blueprints { get; } = BlueprintFolder.Load(BlueprintFolder.BuiltIn, new BlueprintCompiler(Catalog));

    public static CompiledBlueprint Blueprint(string name) => Blueprints.Results[name].Blueprint!;

    public static EntityType? Find(EntityTypeRef type) => Catalog.Find(type);
}
