using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Agent.Reconcile;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Tests.Agent;

public sealed class ManifestOrderTests
{
    [Fact]
    public void Waves_come_first_then_kinds_then_names()
    {
        var (objects, fault) = Read(Object("Ingress", "z"), Object("Deployment", "b"), Object("Secret", "s"), Object("Deployment", "a"), Object("Namespace", "late", "1"), Object("ConfigMap", "early", "-1"));
        Assert.Null(fault);
        Assert.Equal(["ConfigMap/early", "Secret/s", "Deployment/a", "Deployment/b", "Ingress/z", "Namespace/late"], objects.Select(o => o.Key.ToString()));
        Assert.All(objects, o => Assert.Equal("pinot", (string?)o.Body["metadata"]!["labels"]![IntentAnnotations.Node]));
    }

    [Theory]
    [InlineData("""{"kind":"ConfigMap","metadata":{"name":"a"}}""", ReportReasons.Malformed)]
    [InlineData("""[]""", ReportReasons.Malformed)]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"kube-system"}}""", ReportReasons.ForeignNamespace)]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","annotations":{"fabric.io/wave":"first"}}}""", ReportReasons.Malformed)]
    public void What_cannot_be_applied_is_a_fault(string json, string reason) => Assert.Equal(reason, Read(json).Fault!.Reason);

    [Fact]
    public void The_same_object_twice_is_a_fault() => Assert.NotNull(Read(Object("Secret", "a"), Object("Secret", "a")).Fault);

    [Fact]
    public void Secret_text_is_put_in_and_nothing_else_is_touched()
    {
        var secret = JsonNode.Parse("""{"data":{"raw":"YQ==","filled":"${secret.a}"},"stringData":{"both":"x${secret.a}y","money":"$5"}}""")!.AsObject();
        Assert.Null(SecretText.Fill(secret, name => name == "a" ? "V" : null));
        Assert.False(secret.ContainsKey("stringData"));
        var clear = secret["data"]!.AsObject().ToDictionary(p => p.Key, p => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)p.Value!)));
        Assert.Equal(new Dictionary<string, string> { ["raw"] = "a", ["filled"] = "V", ["both"] = "xVy", ["money"] = "$5" }, clear);
        Assert.Equal("gone", SecretText.Fill(JsonNode.Parse("""{"stringData":{"x":"${secret.gone}"}}""")!.AsObject(), _ => null));
    }

    [Fact]
    public void Drift_names_fields_and_ignores_what_the_server_keeps()
    {
        var live = JsonNode.Parse("""{"metadata":{"resourceVersion":"1","labels":{"a":"1"}},"spec":{"replicas":1,"list":[{"x":1},{"x":2}]},"status":{"n":1}}""")!.AsObject();
        var applied = JsonNode.Parse("""{"metadata":{"resourceVersion":"2","labels":{"a":"2"}},"spec":{"replicas":1,"list":[{"x":1},{"x":3}]}}""")!.AsObject();
        Assert.Equal(["metadata.labels.a", "spec.list[1].x"], Drift.Fields(live, applied));
        Assert.Empty(Drift.Fields(live, live));
    }

    private static string Object(string kind, string name, string wave = "0") =>
        $$$"""{"apiVersion":"v1","kind":"{{{kind}}}","metadata":{"name":"{{{name}}}","annotations":{"fabric.io/wave":"{{{wave}}}"} } }""";

    private static (IReadOnlyList<DesiredObject> Objects, ManifestFault? Fault) Read(params string[] objects) =>
        Manifest.Read(Protocol.Samples.Intent() with { Objects = [.. objects.Select(o => JsonDocument.Parse(o).RootElement)] });
}
