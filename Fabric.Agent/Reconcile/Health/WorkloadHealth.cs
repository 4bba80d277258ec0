using System.Text.Json.Nodes;

namespace Fabric.Agent.Reconcile.Health;

/// <summary>Roll-outs: healthy when every wanted replica is of the newest template and ready; pure.</summary>
internal static class WorkloadHealth
{
    public static ObjectState Deployment(JsonObject live)
    {
        var progressing = Kube.Condition(live, "Progressing");
        if (Kube.Text(progressing?["reason"]) == "ProgressDeadlineExceeded") return ObjectState.Degraded(Kube.Text(progressing?["message"]));
        if (Kube.Condition(live, "ReplicaFailure") is { } failure && Kube.Text(failure["status"]) == "True")
            return ObjectState.Degraded(Kube.Text(failure["message"]));
        if (NotSeen(live)) return ObjectState.Progressing("The new template is not seen yet.");
        var wanted = Kube.Number(live["spec"]?["replicas"], 1);
        var status = live["status"];
        var updated = Kube.Number(status?["updatedReplicas"]);
        var available = Kube.Number(status?["availableReplicas"]);
        if (updated < wanted) return ObjectState.Progressing($"{updated} of {wanted} replicas updated.");
        if (Kube.Number(status?["replicas"]) > updated) return ObjectState.Progressing("Old replicas are still there.");
        return available >= wanted ? ObjectState.Healthy : ObjectState.Progressing($"{available} of {wanted} replicas available.");
    }

    public static ObjectState StatefulSet(JsonObject live)
    {
        if (NotSeen(live)) return ObjectState.Progressing("The new template is not seen yet.");
        var wanted = Kube.Number(live["spec"]?["replicas"], 1);
        var status = live["status"];
        var ready = Kube.Number(status?["readyReplicas"]);
        if (ready < wanted) return ObjectState.Progressing($"{ready} of {wanted} replicas ready.");
        if (Kube.Number(status?["replicas"]) > wanted) return ObjectState.Progressing("Replicas that are no longer wanted are still there.");
        if (Kube.Text(live["spec"]?["updateStrategy"]?["type"]) == "OnDelete") return ObjectState.Healthy;
        var due = wanted - Kube.Number(live["spec"]?["updateStrategy"]?["rollingUpdate"]?["partition"]);
        var updated = Kube.Number(status?["updatedReplicas"]);
        return Kube.Text(status?["updateRevision"]) == Kube.Text(status?["currentRevision"]) || updated >= due
            ? ObjectState.Healthy
            : ObjectState.Progressing($"{updated} of {due} replicas updated.");
    }

    public static ObjectState DaemonSet(JsonObject live)
    {
        if (NotSeen(live)) return ObjectState.Progressing("The new template is not seen yet.");
        var status = live["status"];
        var wanted = Kube.Number(status?["desiredNumberScheduled"]);
        var updated = Kube.Number(status?["updatedNumberScheduled"]);
        var available = Kube.Number(status?["numberAvailable"]);
        if (Kube.Text(live["spec"]?["updateStrategy"]?["type"]) != "OnDelete" && updated < wanted)
            return ObjectState.Progressing($"{updated} of {wanted} nodes updated.");
        return available >= wanted ? ObjectState.Healthy : ObjectState.Progressing($"{available} of {wanted} nodes available.");
    }

    private static bool NotSeen(JsonObject live) =>
        Kube.Number(live["status"]?["observedGeneration"]) < Kube.Number(live["metadata"]?["generation"]);
}
