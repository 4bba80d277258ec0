using Fabric.Protocol.Enrolment;

namespace Fabric.Protocol.Manifest;

/// <summary>
/// What the agent may do: its own things in its own namespace, and the kinds that the shipped entity types use where the environments live.
/// It cannot give rights it does not have: no <c>escalate</c>, no <c>bind</c>.
/// </summary>
internal static class AgentRights
{
    private const string Write = "[get, list, watch, create, update, patch, delete]";

    private const string EnvironmentRules = $$"""
          - { apiGroups: [""], resources: [configmaps, secrets, services, serviceaccounts, persistentvolumeclaims, limitranges, resourcequotas], verbs: {{Write}} }
          - { apiGroups: [""], resources: [pods, events], verbs: [get, list, watch] }
          - { apiGroups: [""], resources: [serviceaccounts], verbs: [impersonate] }
          - { apiGroups: [apps], resources: [deployments, statefulsets, daemonsets], verbs: {{Write}} }
          - { apiGroups: [batch], resources: [jobs, cronjobs], verbs: {{Write}} }
          - { apiGroups: [networking.k8s.io], resources: [ingresses, networkpolicies], verbs: {{Write}} }
          - { apiGroups: [policy], resources: [poddisruptionbudgets], verbs: {{Write}} }
          - { apiGroups: [autoscaling], resources: [horizontalpodautoscalers], verbs: {{Write}} }
          - { apiGroups: [rbac.authorization.k8s.io], resources: [roles, rolebindings], verbs: {{Write}} }
          - { apiGroups: [cert-manager.io], resources: [certificates], verbs: {{Write}} }
          - { apiGroups: [monitoring.coreos.com], resources: [servicemonitors, podmonitors, prometheusrules], verbs: {{Write}} }

        """;

    private const string ClusterRules = $$"""
          - { apiGroups: [""], resources: [namespaces], verbs: {{Write}} }

        """;

    private const string OwnRules = $$"""
          - { apiGroups: [fabric.io], resources: [intents], verbs: {{Write}} }
          - { apiGroups: [fabric.io], resources: [intents/status], verbs: [get, patch, update] }
          - { apiGroups: [coordination.k8s.io], resources: [leases], verbs: [create] }
          - { apiGroups: [coordination.k8s.io], resources: [leases], resourceNames: [fabric-agent], verbs: [get, update, patch] }
          - { apiGroups: [""], resources: [secrets], verbs: [create] }
          - { apiGroups: [""], resources: [secrets], resourceNames: [fabric-agent-keys, fabric-agent-state], verbs: [get, update, patch] }
          - { apiGroups: [""], resources: [namespaces], verbs: [get] }

        """;

    public static IEnumerable<string> Documents(AgentManifestOptions options)
    {
        yield return Role("Role", "fabric-agent", options.Namespace, OwnRules);
        yield return Binding("RoleBinding", "Role", "fabric-agent", options.Namespace, options.Namespace);
        if (options.Scope == AgentScope.Cluster)
        {
            yield return Role("ClusterRole", "fabric-agent", null, ClusterRules + EnvironmentRules);
            yield return Binding("ClusterRoleBinding", "ClusterRole", "fabric-agent", null, options.Namespace);
            yield break;
        }

        foreach (var ns in options.EnvironmentNamespaces.Distinct())
        {
            yield return Role("Role", "fabric-agent-environment", ns, OneNamespace(ns) + EnvironmentRules);
            yield return Binding("RoleBinding", "Role", "fabric-agent-environment", ns, options.Namespace);
        }
    }

    /// <summary>
    /// Kubernetes counts a request for one namespace as made inside it, so a Role is enough to read and label that one. Making and deleting it
    /// is left to its owner.
    /// </summary>
    private static string OneNamespace(string ns) =>
        $"  - {{ apiGroups: [\"\"], resources: [namespaces], resourceNames: [{AgentManifest.Quote(ns)}], verbs: [get, patch] }}\n";

    private static string Metadata(string name, string? ns) => ns is null
        ? $"metadata: {{ name: {name} }}"
        : $"metadata: {{ name: {name}, namespace: {AgentManifest.Quote(ns)} }}";

    private static string Role(string kind, string name, string? ns, string rules) =>
        $"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\n{Metadata(name, ns)}\nrules:\n{rules}";

    private static string Binding(string kind, string roleKind, string name, string? ns, string agentNamespace) => $$"""
        apiVersion: rbac.authorization.k8s.io/v1
        kind: {{kind}}
        {{Metadata("fabric-agent-" + agentNamespace, ns)}}
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: {{roleKind}}, name: {{name}} }
        subjects:
          - { kind: ServiceAccount, name: fabric-agent, namespace: {{AgentManifest.Quote(agentNamespace)}} }

        """;
}
