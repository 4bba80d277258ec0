using System.Security.Cryptography;
using System.Text;
using Fabric.Protocol.Enrolment;
using static Fabric.Protocol.Manifest.AgentManifest;

namespace Fabric.Protocol.Manifest;

/// <summary>The agent's own objects.</summary>
internal static class AgentWorkload
{
    public static string Namespace(string name) => $$"""
        apiVersion: v1
        kind: Namespace
        metadata:
          name: {{Quote(name)}}

        """;

    public static string ServiceAccount(AgentManifestOptions options) => $$"""
        apiVersion: v1
        kind: ServiceAccount
        metadata: { name: fabric-agent, namespace: {{Quote(options.Namespace)}} }

        """;

    public static string TokenSecret(AgentManifestOptions options) => $$"""
        # One-time: worth nothing once the agent has enrolled, or after 15 minutes.
        apiVersion: v1
        kind: Secret
        metadata: { name: fabric-agent-token, namespace: {{Quote(options.Namespace)}} }
        type: Opaque
        stringData:
          token: {{Quote(options.Token)}}

        """;

    public static string Authorities(AgentManifestOptions options) => $$"""
        # Whom the control plane's certificate must come from.
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: fabric-agent-ca, namespace: {{Quote(options.Namespace)}} }
        data:
          ca.crt: {{Quote(options.Authorities!)}}

        """;

    private static string AuthoritiesEnvironment(AgentManifestOptions options) =>
        options.Authorities is null ? "" : "\n            - { name: FABRIC_CA, value: /etc/fabric/ca.crt }";

    private static string AuthoritiesMount(AgentManifestOptions options) => options.Authorities is null
        ? ""
        : "\n          volumeMounts: [{ name: ca, mountPath: /etc/fabric, readOnly: true }]\n      volumes: [{ name: ca, configMap: { name: fabric-agent-ca } }]";

    /// <summary>Tells tokens apart and gives nothing of them away.</summary>
    private static string Mark(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..12];

    public static string Deployment(AgentManifestOptions options) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: fabric-agent
          namespace: {{Quote(options.Namespace)}}
          labels: { app.kubernetes.io/name: fabric-agent }
        spec:
          replicas: 1
          # The new pod proves itself to the control plane before the old one goes; a Lease keeps them from working at once.
          strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
          selector: { matchLabels: { app.kubernetes.io/name: fabric-agent } }
          template:
            metadata:
              labels: { app.kubernetes.io/name: fabric-agent }
              # A pod reads its token at its start: another token is another pod.
              annotations: { fabric.io/token: {{Quote(Mark(options.Token))}} }
            spec:
              serviceAccountName: fabric-agent
              terminationGracePeriodSeconds: 20
              securityContext:
                runAsNonRoot: true
                runAsUser: 65532
                runAsGroup: 65532
                seccompProfile: { type: RuntimeDefault }
              containers:
                - name: agent
                  image: {{Quote(options.Image)}}
                  env:
                    - { name: FABRIC_URL, value: {{Quote(options.ServerUrl.ToString())}} }
                    - { name: FABRIC_NAMESPACE, value: {{Quote(options.Namespace)}} }
                    - { name: FABRIC_SCOPE, value: {{(options.Scope == AgentScope.Cluster ? "cluster" : "namespaced")}} }
                    - { name: FABRIC_CLUSTER_NAME, value: {{Quote(options.ClusterName)}} }
                    - { name: FABRIC_HEALTH_PORT, value: "8081" }
                    - { name: FABRIC_TOKEN, valueFrom: { secretKeyRef: { name: fabric-agent-token, key: token, optional: true } } }{{AuthoritiesEnvironment(options)}}
                  ports: [{ name: health, containerPort: 8081 }]
                  livenessProbe: { httpGet: { path: /healthz, port: health }, periodSeconds: 20 }
                  readinessProbe: { httpGet: { path: /readyz, port: health }, periodSeconds: 5 }
                  resources:
                    requests: { cpu: 10m, memory: 48Mi }
                    limits: { memory: 128Mi }
                  securityContext:
                    allowPrivilegeEscalation: false
                    readOnlyRootFilesystem: true
                    capabilities: { drop: [ALL] }{{AuthoritiesMount(options)}}

        """;
}
