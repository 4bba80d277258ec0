using System.Text.Json.Nodes;
using Fabric.Agent.Reconcile.Health;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Tests.Agent;

public sealed class HealthTests
{
    [Theory]
    [InlineData("""{"kind":"Deployment","metadata":{"generation":2},"spec":{"replicas":2},"status":{"observedGeneration":1,"updatedReplicas":2,"replicas":2,"availableReplicas":2}}""", "progressing")]
    [InlineData("""{"kind":"Deployment","metadata":{"generation":2},"spec":{"replicas":2},"status":{"observedGeneration":2,"updatedReplicas":2,"replicas":2,"availableReplicas":2}}""", "healthy")]
    [InlineData("""{"kind":"Deployment","metadata":{"generation":2},"spec":{"replicas":2},"status":{"observedGeneration":2,"updatedReplicas":2,"replicas":3,"availableReplicas":2}}""", "progressing")]
    [InlineData("""{"kind":"Deployment","metadata":{},"spec":{},"status":{"conditions":[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded","message":"late"}]}}""", "degraded")]
    [InlineData("""{"kind":"Deployment","metadata":{},"spec":{"replicas":0},"status":{}}""", "healthy")]
    [InlineData("""{"kind":"StatefulSet","metadata":{},"spec":{"replicas":3},"status":{"readyReplicas":2}}""", "progressing")]
    [InlineData("""{"kind":"StatefulSet","metadata":{},"spec":{"replicas":3},"status":{"replicas":3,"readyReplicas":3,"updatedReplicas":1,"updateRevision":"b","currentRevision":"a"}}""", "progressing")]
    [InlineData("""{"kind":"StatefulSet","metadata":{},"spec":{"replicas":3},"status":{"replicas":3,"readyReplicas":3,"updateRevision":"a","currentRevision":"a"}}""", "healthy")]
    [InlineData("""{"kind":"DaemonSet","metadata":{},"spec":{},"status":{"desiredNumberScheduled":3,"updatedNumberScheduled":3,"numberAvailable":2}}""", "progressing")]
    [InlineData("""{"kind":"DaemonSet","metadata":{},"spec":{},"status":{"desiredNumberScheduled":0}}""", "healthy")]
    [InlineData("""{"kind":"Job","status":{"conditions":[{"type":"Complete","status":"True"}]}}""", "healthy")]
    [InlineData("""{"kind":"Job","status":{"conditions":[{"type":"Failed","status":"True","message":"BackoffLimitExceeded"}]}}""", "degraded")]
    [InlineData("""{"kind":"Job","status":{"active":1}}""", "progressing")]
    [InlineData("""{"kind":"PersistentVolumeClaim","status":{"phase":"Bound"}}""", "healthy")]
    [InlineData("""{"kind":"PersistentVolumeClaim","status":{"phase":"Pending"}}""", "progressing")]
    [InlineData("""{"kind":"PersistentVolumeClaim","status":{"phase":"Lost"}}""", "degraded")]
    [InlineData("""{"kind":"Service","spec":{"type":"ClusterIP"}}""", "healthy")]
    [InlineData("""{"kind":"Service","spec":{"type":"LoadBalancer"},"status":{"loadBalancer":{}}}""", "progressing")]
    [InlineData("""{"kind":"Pod","status":{"phase":"Failed"}}""", "degraded")]
    [InlineData("""{"kind":"ConfigMap","metadata":{"deletionTimestamp":"2030-01-01T00:00:00Z"}}""", "progressing")]
    [InlineData("""{"kind":"Anything"}""", "healthy")]
    public void An_object_is_as_healthy_as_its_status_says(string json, string expected) =>
        Assert.Equal(expected, HealthOf.Object(JsonNode.Parse(json)!.AsObject(), []).Health.ToString().ToLowerInvariant());

    [Fact]
    public void Custom_conditions_and_paths_must_hold_too()
    {
        var live = JsonNode.Parse("""{"apiVersion":"a/v1","kind":"Thing","metadata":{"name":"x"},"status":{"phase":"Up","conditions":[{"type":"Ready","status":"False","message":"soon"}]}}""")!.AsObject();
        var target = new ObjectRef { ApiVersion = "a/v1", Kind = "Thing" };
        Assert.Equal(ObjectHealth.Healthy, HealthOf.Object(live, [new() { Target = target, Path = "status.phase", Value = "Up" }]).Health);
        var waiting = HealthOf.Object(live, [new() { Target = target, Condition = "Ready" }]);
        Assert.Equal(ObjectHealth.Progressing, waiting.Health);
        Assert.Contains("soon", waiting.Message, StringComparison.Ordinal);
        Assert.Equal(ObjectHealth.Healthy, HealthOf.Object(live, [new() { Target = target with { Name = "y" }, Condition = "Ready" }]).Health);
    }
}
