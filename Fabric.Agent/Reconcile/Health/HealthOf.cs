using System.Text.Json.Nodes;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Reports;

namespace Fabric.Agent.Reconcile.Health;

/// <summary>Built-in health by kind, then the intent's own conditions; pure. A kind without a rule is healthy when it exists.</summary>
internal static class HealthOf
{
    public static ObjectState Object(JsonObject live, IReadOnlyList<HealthRule> rules)
    {
        if (live["metadata"]?["deletionTimestamp"] is not null) return ObjectState.Progressing("It is being deleted.");
        var built = BuiltIn(live);
        return built.Health != ObjectHealth.Healthy ? built : Custom(live, rules);
    }

    private static ObjectState BuiltIn(JsonObject live) => Kube.Text(live["kind"]) switch
    {
        "Deployment" => WorkloadHealth.Deployment(live),
        "StatefulSet" => WorkloadHealth.StatefulSet(live),
        "DaemonSet" => WorkloadHealth.DaemonSet(live),
        "Job" => Job(live),
        "Pod" => Pod(live),
        "PersistentVolumeClaim" => Claim(live),
        "Service" => Service(live),
        "Namespace" => Kube.Text(live["status"]?["phase"]) == "Active" ? ObjectState.Healthy : ObjectState.Progressing("It is not active."),
        "CustomResourceDefinition" => Kube.Text(Kube.Condition(live, "Established")?["status"]) == "True"
            ? ObjectState.Healthy
            : ObjectState.Progressing("It is not established yet."),
        _ => ObjectState.Healthy,
    };

    private static ObjectState Job(JsonObject live)
    {
        if (Kube.Condition(live, "Failed") is { } failed && Kube.Text(failed["status"]) == "True")
            return ObjectState.Degraded(Kube.Text(failed["message"]));
        return Kube.Text(Kube.Condition(live, "Complete")?["status"]) == "True"
            ? ObjectState.Healthy
            : ObjectState.Progressing("It has not completed yet.");
    }

    private static ObjectState Pod(JsonObject live) => Kube.Text(live["status"]?["phase"]) switch
    {
        "Succeeded" => ObjectState.Healthy,
        "Failed" => ObjectState.Degraded($"It failed. {Kube.Text(live["status"]?["message"])}".TrimEnd()),
        _ => Kube.Text(Kube.Condition(live, "Ready")?["status"]) == "True" ? ObjectState.Healthy : ObjectState.Progressing("It is not ready."),
    };

    private static ObjectState Claim(JsonObject live) => Kube.Text(live["status"]?["phase"]) switch
    {
        "Bound" => ObjectState.Healthy,
        "Lost" => ObjectState.Degraded("Its volume is lost."),
        _ => ObjectState.Progressing("It is not bound yet."),
    };

    private static ObjectState Service(JsonObject live) =>
        Kube.Text(live["spec"]?["type"]) == "LoadBalancer" && live["status"]?["loadBalancer"]?["ingress"] is not JsonArray { Count: > 0 }
            ? ObjectState.Progressing("It has no address yet.")
            : ObjectState.Healthy;

    private static ObjectState Custom(JsonObject live, IReadOnlyList<HealthRule> rules)
    {
        foreach (var rule in rules)
        {
            if (!Matches(rule.Target, live)) continue;
            if (rule.Condition is { } type)
            {
                var condition = Kube.Condition(live, type);
                if (Kube.Text(condition?["status"]) != rule.ConditionStatus)
                    return ObjectState.Progressing($"Condition {type} is not {rule.ConditionStatus}. {Kube.Text(condition?["message"])}".TrimEnd());
            }
            else if (rule.Path is { } path && Kube.Text(Kube.At(live, path)) is var value && value != rule.Value)
            {
                return ObjectState.Progressing($"{path} is '{value}', not '{rule.Value}'.");
            }
        }

        return ObjectState.Healthy;
    }

    /// <summary>Whether a reference names this object.</summary>
    public static bool Matches(ObjectRef target, JsonObject live) =>
        target.ApiVersion == Kube.Text(live["apiVersion"]) && target.Kind == Kube.Text(live["kind"])
        && (target.Name is null || target.Name == Kube.Text(live["metadata"]?["name"]));
}
