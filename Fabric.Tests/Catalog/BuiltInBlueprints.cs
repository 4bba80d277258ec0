using Fabric.Workflows.Blueprints;

namespace Fabric.Tests.Catalog;

public sealed class BuiltInBlueprints
{
    public static TheoryData<string> Names => ["pinot-byoc", "pinot-byok", "saas-region", "saas-tenant"];

    [Theory, MemberData(nameof(Names))]
    public void A_shipped_blueprint_compiles_without_a_fault(string name) => Assert.Empty(BuiltInCatalog.Blueprints.Results[name].Faults);

    [Theory, MemberData(nameof(Names))]
    public void A_shipped_blueprint_runs_in_the_sandbox(string name) =>
        Assert.Empty(Placement.Check(BuiltInCatalog.Blueprint(name), BuiltInCatalog.Find, "sandbox", new HashSet<string>()));

    [Theory, MemberData(nameof(Names))]
    public void A_shipped_blueprint_places_each_of_its_nodes_on_the_canvas(string name)
    {
        var blueprint = BuiltInCatalog.Blueprint(name);
        Assert.Equal(blueprint.Nodes.Select(n => n.Name).Order(), blueprint.Layout.Keys.Order());
    }

    [Theory, MemberData(nameof(Names))]
    public void A_compiled_blueprint_survives_being_stored_and_read_back(string name)
    {
        var blueprint = BuiltInCatalog.Blueprint(name);
        var again = CompiledBlueprint.FromJson(blueprint.ToJson());
        Assert.Equal(blueprint.ToJson(), again.ToJson());
        Assert.Equal(blueprint.Hash, again.WithHash().Hash);
    }

    [Fact]
    public void Byok_is_byoc_with_four_no_ops_and_nothing_else()
    {
        var diff = BlueprintDiff.Compare(BuiltInCatalog.Blueprint("pinot-byoc"), BuiltInCatalog.Blueprint("pinot-byok"));
        Assert.Empty(diff.Added.Concat(diff.Removed));
        Assert.Empty(diff.Parameters.Concat(diff.Outputs));
        Assert.Equal(["network", "storage", "kubernetes", "workload-identity"], diff.Changed.Select(c => c.Node).OrderBy(n => Array.IndexOf(["network", "storage", "kubernetes", "workload-identity"], n)));
        Assert.All(diff.Changed, c => Assert.Equal("noOp", Assert.Single(c.Fields).Path));
    }

    [Fact]
    public void Byok_runs_on_a_cluster_that_is_already_there() =>
        Assert.Empty(Placement.Check(BuiltInCatalog.Blueprint("pinot-byok"), BuiltInCatalog.Find, "kubernetes", new HashSet<string>()));

    [Fact]
    public void Byok_asks_for_what_the_cluster_part_needs_of_the_cloud_part()
    {
        var report = NoOpCost.Compute(BuiltInCatalog.Blueprint("pinot-byok"), BuiltInCatalog.Find, new HashSet<string>());
        Assert.Equal(
            ["kubernetes.cluster", "storage.bucket", "workload-identity.role"],
            report.Nodes.SelectMany(n => n.Required.Select(r => $"{n.Node}.{r.Output}")).Order());
        Assert.Equal(["kubernetes", "network", "storage", "workload-identity"], report.HeldSteps.Order());
    }

    [Fact]
    public void A_saas_tenant_adopts_its_cluster_from_what_the_region_lends()
    {
        var tenant = BuiltInCatalog.Blueprint("saas-tenant");
        var needed = NoOpCost.Compute(tenant, BuiltInCatalog.Find, new HashSet<string>()).Nodes.Single(n => n.Node == "kubernetes").Required.Select(r => r.Output);
        Assert.True(tenant.Find("kubernetes")!.NoOp);
        Assert.Subset(BuiltInCatalog.Blueprint("saas-region").Outputs.Keys.ToHashSet(), needed.ToHashSet());
    }
}
