using System.Globalization;

namespace Fabric.Tests.Cluster;

/// <summary>Small Kubernetes objects as JSON.</summary>
public static class Objects
{
    public static string ConfigMap(string name, string value, int wave = 0) =>
        Fill("""{"apiVersion":"v1","kind":"ConfigMap","metadata":META,"data":{"value":"VALUE"}}""", name, wave)
            .Replace("VALUE", value, StringComparison.Ordinal);

    public static string Secret(string name, string value) =>
        Fill("""{"apiVersion":"v1","kind":"Secret","metadata":META,"type":"Opaque","stringData":{"password":"VALUE"}}""", name, 0)
            .Replace("VALUE", value, StringComparison.Ordinal);

    public static string Service(string name, int wave = 0) => Fill("""
        {"apiVersion":"v1","kind":"Service","metadata":META,
         "spec":{"selector":{"app":"NAME"},"ports":[{"name":"http","port":80,"protocol":"TCP","targetPort":8080}]}}
        """, name, wave);

    public static string Deployment(string name, int replicas, int wave = 0) => Fill("""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":META,"spec":{"replicas":COUNT,"selector":{"matchLabels":{"app":"NAME"}},"template":TEMPLATE}}
        """, name, wave, replicas);

    public static string StatefulSet(string name, int replicas, int wave = 0) => Fill("""
        {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":META,
         "spec":{"replicas":COUNT,"serviceName":"NAME","podManagementPolicy":"Parallel","selector":{"matchLabels":{"app":"NAME"}},"template":TEMPLATE,
         "volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}]}}
        """, name, wave, replicas);

    public static string Job(string name) => Fill("""
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"NAME"},
         "spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"none"}]}}}}
        """, name, 0);

    private static string Fill(string text, string name, int wave, int count = 1) => text
        .Replace("META", """{"name":"NAME","annotations":{"fabric.io/wave":"WAVE"}}""", StringComparison.Ordinal)
        .Replace("TEMPLATE", """
            {"metadata":{"labels":{"app":"NAME"}},"spec":{"containers":[{"name":"main","image":"none","readinessProbe":{"httpGet":{"path":"/health","port":8080}}}]}}
            """, StringComparison.Ordinal)
        .Replace("NAME", name, StringComparison.Ordinal)
        .Replace("WAVE", wave.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("COUNT", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
