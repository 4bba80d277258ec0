using Fabric.Workflows.Catalog;

namespace Fabric.Tests.Catalog;

public sealed class BuiltInTypes
{
    [Fact]
    public void All_eleven_types_load_without_a_fault()
    {
        Assert.Empty(BuiltInCatalog.Load.Faults);
        Assert.Equal(
            ["agent", "auth", "ingress", "kubernetes", "monitoring", "namespace", "network", "pinot", "storage", "workload-identity", "zookeeper"],
            BuiltInCatalog.Catalog.Names);
    }

    [Fact]
    public void Every_type_can_run_in_the_sandbox() =>
        Assert.All(BuiltInCatalog.Catalog.All, type => Assert.Contains(type.Implementations, i => i.On == "sandbox" && i.Simulated is not null));

    [Fact]
    public void Simulated_work_takes_one_to_four_seconds() =>
        Assert.All(BuiltInCatalog.Catalog.All, type =>
        {
            var simulated = type.Implementations.Single(i => i.On == "sandbox").Simulated!;
            Assert.All([simulated.Create, simulated.Update, simulated.Delete], d => Assert.InRange(d.TotalSeconds, 1, 4));
        });

    [Fact]
    public void Every_setting_has_a_title_for_the_form() =>
        Assert.All(BuiltInCatalog.Catalog.All.SelectMany(t => Fabric.Workflows.Blueprints.ParameterForm.Of(t.Config).Select(f => (t.Name, Field: f))),
            f => Assert.True(f.Field.Schema.ContainsKey("title"), $"{f.Name}: {f.Field.Path}"));

    [Fact]
    public void A_type_survives_being_stored_and_read_back()
    {
        foreach (var type in BuiltInCatalog.Catalog.All)
        {
            var again = EntityType.FromJson(type.ToJson());
            Assert.Equal(type.ToJson(), again.ToJson());
            Assert.Equal(type.Ref, again.Ref);
        }
    }

    [Fact]
    public void The_agent_is_enrolled_and_not_applied()
    {
        var agent = BuiltInCatalog.Catalog.Find("agent")!;
        var cluster = agent.Implementations.Single(i => i.On == "cluster");
        Assert.True(cluster.Enrol);
        Assert.Null(cluster.Manifests);
    }
}
