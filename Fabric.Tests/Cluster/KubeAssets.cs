namespace Fabric.Tests.Cluster;

/// <summary>Where the programs of a real Kubernetes control plane are.</summary>
public static class KubeAssets
{
    private static readonly string[] Programs = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl"];

    public const string Missing =
        "Kubernetes is not here: put etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kubectl into one folder and name it in KUBEBUILDER_ASSETS.";

    /// <summary>The folder, or null.</summary>
    public static string? Find()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var kube = Path.Combine(cache, "fabric-kube");
        var candidates = new[] { Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") ?? "" }
            .Concat(Directory.Exists(kube) ? Directory.GetDirectories(kube) : []);
        return candidates.FirstOrDefault(d => d.Length > 0 && Programs.All(p => File.Exists(Path.Combine(d, p))));
    }
}
