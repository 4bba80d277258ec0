using System.Globalization;

namespace Fabric.Tests.Cluster;

/// <summary>Small Kubernetes objects as JSON.</summary>
public static class Objects
{
    public static string ConfigMap(string name, string value, int wave = 0) => $$"""
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{{Metadata(name, wave)}},"data":{"value":"{{value}}"}}
        """;

    public static string Secret(string name, string value) => $$"""
        {"apiVersion":"v1","kind":"Secret","metadata":{{Metadata(name, 0)}},"type":"Opaque","stringData":{"password":"{{value}}"}}
        """;

    public static string Service(string name, int wave = 0) => $$"""
        {"apiVersion":"v1","kind":"Service","metadata":{{Metadata(name, wave)}},"spec":{"selector":{"app":"{{name}}"},"ports":[{"name":"http","port":80,"protocol":"TCP","targetPort":8080}]}}
        """;

    public static string Deployment(string name, int replicas, int wave = 0) => $$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{{Metadata(name, wave)}},
         "spec":{"replicas":{{Text(replicas)}},"selector":{"matchLabels":{"app":"{{name}}"}},"template":{{Template(name)}}}}
        """;

    public static string StatefulSet(string name, int replicas, int wave = 0) => $$"""
        {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{{Metadata(name, wave)}},
         "spec":{"replicas":{{Text(replicas)}},"serviceName":"{{name}}","podManagementPolicy":"Parallel","selector":{"matchLabels":{"app":"{{name}}"}},"template":{{Template(name)}},
         "volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}]}}
        """;

    public static string Job(string name) => $$$"""
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"{{{name}}}"},
         "spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"none"}]}}}}
        """;

    private static string Template(string app) => $$$"""
        {"metadata":{"labels":{"app":"{{{app}}}"}},"spec":{"containers":[{"name":"main","image":"none","readinessProbe":{"httpGet":{"path":"/health","port":8080}}}]}}
        """;

    private static string Metadata(string name, int wave) => $$$"""
        {"name":"{{{name}}}","annotations":{"fabric.io/wave":"{{{Text(wave)}}}"}}
        """;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
