using System.Text.Json.Nodes;
using Fabric.Workflows.Blueprints;
using Fabric.Workflows.Catalog;

namespace Fabric.Tests.Catalog;

public sealed class RenderedManifests
{
    private static readonly RenderContext Context = new("0198-id", "acme-prod", "acme-prod-ns", "acme", "pinot", "aws", "eu-central-1");

    public static TheoryData<string> ClusterTypes =>
        [.. BuiltInCatalog.Catalog.All.Where(t => t.Implementations.Any(i => i.Manifests is not null)).Select(t => t.Name)];

    [Theory, InlineData(3), InlineData(5)]
    public void Pinot_runs_as_many_servers_as_its_configuration_says(int servers)
    {
        var set = Render("pinot", new() { ["zookeeper"] = "zk:2181", ["servers"] = servers }).Objects
            .Single(o => Kind(o) == "StatefulSet" && Name(o) == "pinot-server");
        Assert.Equal(servers, set["spec"]!["replicas"]!.GetValue<int>());
    }

    [Fact]
    public void Changing_the_number_of_servers_changes_nothing_but_that_number()
    {
        var three = Render("pinot", new() { ["zookeeper"] = "zk:2181", ["servers"] = 3 }).Objects;
        var five = Render("pinot", new() { ["zookeeper"] = "zk:2181", ["servers"] = 5 }).Objects;
        Assert.Equal(three.Count, five.Count);
        var changes = three.Zip(five).SelectMany(p => BlueprintDiff.Fields(p.First, p.Second)).ToList();
        Assert.Equal("spec.replicas", Assert.Single(changes).Path);
    }

    [Fact]
    public void Pinot_starts_controller_then_broker_then_server_then_minion()
    {
        var sets = Render("pinot", new() { ["zookeeper"] = "zk:2181" }).Objects.Where(o => Kind(o) == "StatefulSet").ToList();
        Assert.Equal(["pinot-controller", "pinot-broker", "pinot-server", "pinot-minion"], sets.Select(Name));
        Assert.Equal([1, 2, 3, 4], sets.Select(ManifestRenderer.WaveOf));
    }

    [Fact]
    public void Pinots_parts_are_probed_over_http_on_their_real_endpoints()
    {
        var expected = new Dictionary<string, (string Live, string Ready, int Port)>
        {
            ["pinot-controller"] = ("/health", "/health", 9000),
            ["pinot-broker"] = ("/health", "/health", 8099),
            ["pinot-server"] = ("/health/liveness", "/health/readiness", 8097),
            ["pinot-minion"] = ("/health", "/health", 9514),
        };
        foreach (var set in Render("pinot", new() { ["zookeeper"] = "zk:2181" }).Objects.Where(o => Kind(o) == "StatefulSet"))
        {
            var (live, ready, port) = expected[Name(set)];
            var container = Containers(set).Single();
            Assert.Equal(live, container["livenessProbe"]!["httpGet"]!["path"]!.ToString());
            Assert.Equal(ready, container["readinessProbe"]!["httpGet"]!["path"]!.ToString());
            Assert.All((string[])["livenessProbe", "readinessProbe", "startupProbe"], probe => Assert.Equal(port, PortOf(container, container[probe]!["httpGet"]!["port"]!)));
        }
    }

    [Theory, MemberData(nameof(ClusterTypes))]
    public void Every_container_has_probes_limits_and_no_way_to_more_rights(string type)
    {
        foreach (var workload in Render(type).Objects.Where(o => Kind(o) is "Deployment" or "StatefulSet"))
        {
            Assert.NotNull(workload["spec"]!["template"]!["spec"]!["serviceAccountName"]);
            foreach (var container in Containers(workload))
            {
                Assert.Matches(@":v?\d+\.\d+", container["image"]!.ToString());
                Assert.NotNull(container["readinessProbe"]);
                Assert.NotNull(container["livenessProbe"]);
                Assert.NotNull(container["resources"]!["requests"]!["cpu"]);
                Assert.NotNull(container["resources"]!["limits"]!["memory"]);
                Assert.False(container["securityContext"]!["allowPrivilegeEscalation"]!.GetValue<bool>());
            }
        }
    }

    [Theory, MemberData(nameof(ClusterTypes))]
    public void No_secret_stands_in_clear(string type)
    {
        foreach (var secret in Render(type).Objects.Where(o => Kind(o) == "Secret"))
        {
            Assert.Null(secret["data"]);
            Assert.All(secret["stringData"]!.AsObject(), entry => Assert.True(Bindings.IsSecretReference(entry.Value!.ToString()), $"{Name(secret)}.{entry.Key}"));
        }
    }

    [Theory, MemberData(nameof(ClusterTypes))]
    public void Kinds_that_an_older_cluster_lacks_are_marked_as_optional(string type) =>
        Assert.All(Render(type).Objects.Where(o => o["apiVersion"]!.ToString() is "policy/v1" or "autoscaling/v2"),
            o => Assert.Equal("true", o["metadata"]!["annotations"]![ManifestRenderer.OptionalKindAnnotation]!.ToString()));

    [Theory, MemberData(nameof(ClusterTypes))]
    public void No_two_objects_of_a_type_have_the_same_name(string type) =>
        Assert.Distinct(Render(type).Objects.Select(o => $"{Kind(o)}/{Name(o)}"));

    [Theory, MemberData(nameof(ClusterTypes))]
    public void Everything_in_a_namespace_is_in_the_environments_own(string type) =>
        Assert.All(Render(type).Objects.Where(o => Kind(o) is not ("Namespace" or "ClusterRole" or "ClusterRoleBinding")),
            o => Assert.Equal("acme-prod-ns", o["metadata"]!["namespace"]!.ToString()));

    [Theory, MemberData(nameof(ClusterTypes))]
    public void A_type_gives_every_output_it_promises(string type)
    {
        var entity = BuiltInCatalog.Catalog.Find(type)!;
        Assert.Empty(SchemaCheck.Validate(Render(type).Outputs, entity.Outputs));
    }

    private static RenderResult Render(string type, JsonObject? config = null)
    {
        var entity = BuiltInCatalog.Catalog.Find(type)!;
        var result = ManifestRenderer.Render(entity, Placement.Choose(entity, "kubernetes")!, config ?? Required(entity), Context);
        Assert.Empty(result.Errors);
        return result;
    }

    // Something valid for every setting that must be given.
    private static JsonObject Required(EntityType type) => new(ParameterForm.Of(type.Config).Where(f => f.Required)
        .Select(f => KeyValuePair.Create(f.Path, (JsonNode?)(f.Path.Contains("host", StringComparison.OrdinalIgnoreCase) ? "pinot.example.com" : "zk:2181"))));

    private static string Kind(JsonObject manifest) => manifest["kind"]!.ToString();

    private static string Name(JsonObject manifest) => manifest["metadata"]!["name"]!.ToString();

    private static IEnumerable<JsonObject> Containers(JsonObject workload) => workload["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Select(c => c!.AsObject());

    private static int PortOf(JsonObject container, JsonNode port) => int.TryParse(port.ToString(), out var number) ? number
        : container["ports"]!.AsArray().Single(p => p!["name"]!.ToString() == port.ToString())!["containerPort"]!.GetValue<int>();
}
