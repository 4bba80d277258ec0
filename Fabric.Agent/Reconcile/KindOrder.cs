namespace Fabric.Agent.Reconcile;

/// <summary>Order of kinds inside a wave: what others refer to comes first. Unknown kinds come after what they may need and before workloads.</summary>
internal static class KindOrder
{
    private static readonly string[] First =
    [
        "Namespace", "CustomResourceDefinition", "PriorityClass", "StorageClass", "IngressClass", "ResourceQuota", "LimitRange",
        "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "NetworkPolicy", "Secret", "ConfigMap",
        "PersistentVolume", "PersistentVolumeClaim", "Service", "PodDisruptionBudget",
    ];

    private static readonly string[] Last =
        ["DaemonSet", "StatefulSet", "Deployment", "ReplicaSet", "Pod", "Job", "CronJob", "HorizontalPodAutoscaler", "Ingress"];

    public static int Rank(string kind) =>
        Array.IndexOf(First, kind) is >= 0 and var early ? early
        : Array.IndexOf(Last, kind) is >= 0 and var late ? First.Length + 1 + late
        : First.Length;
}
