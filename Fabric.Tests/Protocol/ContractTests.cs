using System.Security.Cryptography;
using System.Text.Json;
using Fabric.Protocol.Crypto;
using Fabric.Protocol.Enrolment;
using Fabric.Protocol.Intents;
using Fabric.Protocol.Manifest;
using Fabric.Protocol.Sync;

namespace Fabric.Tests.Protocol;

public sealed class ContractTests
{
    [Fact]
    public void The_digest_does_not_depend_on_order_and_sees_every_part()
    {
        DigestEntry a = new(Guid.CreateVersion7(), 1, "x"), b = new(Guid.CreateVersion7(), 2, "y");
        var digest = SyncDigest.Compute([a, b]);
        Assert.Equal(digest, SyncDigest.Compute([b, a]));
        Assert.NotEqual(digest, SyncDigest.Compute([a, b with { Generation = 3 }]));
        Assert.NotEqual(digest, SyncDigest.Compute([a, b with { ContentHash = "z" }]));
        Assert.NotEqual(digest, SyncDigest.Compute([a]));
    }

    [Fact]
    public void The_content_hash_sees_what_changes_the_cluster_and_nothing_else()
    {
        var intent = Samples.Intent();
        var hash = IntentContent.Hash(intent);
        Assert.Equal(hash, IntentContent.Hash(intent with { Generation = 9, IssuedAt = intent.IssuedAt.AddDays(1), Secrets = [], ContentHash = "" }));
        Assert.NotEqual(hash, IntentContent.Hash(intent with { Prune = false }));
        Assert.NotEqual(hash, IntentContent.Hash(intent with { Objects = [JsonDocument.Parse("""{"kind":"Other"}""").RootElement] }));
    }

    [Fact]
    public void A_signed_intent_opens_with_the_cells_key_only()
    {
        using var cell = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = SignedMessage.Sign(Samples.Intent(), cell);
        Assert.True(SignedMessage.OpenIntent(signed.Jws, [Jwk.OfSigning(cell)]).IsTrusted);
        var opened = SignedMessage.OpenIntent(signed.Jws, [Jwk.OfSigning(other)]);
        Assert.Equal(JwsFault.UnknownKey, opened.Fault);
        Assert.False(opened.IsTrusted);
        Assert.NotNull(opened.Value);
        Assert.Equal(JwsFault.WrongType, SignedMessage.OpenCancel(signed.Jws, [Jwk.OfSigning(cell)]).Fault);
    }

    [Fact]
    public void The_namespaced_manifest_gives_no_right_outside_its_namespaces()
    {
        var manifest = AgentManifest.Render(Options(AgentScope.Namespaced));
        Assert.DoesNotContain("ClusterRole", manifest, StringComparison.Ordinal);
        Assert.Contains("namespace: \"prod\"", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void The_namespaced_manifest_makes_the_environments_namespace_and_gives_no_right_to_make_or_delete_one()
    {
        var documents = k8s.KubernetesYaml.LoadAllFromString(AgentManifest.Render(Options(AgentScope.Namespaced)));
        Assert.Equal(["fabric-agent", "prod"], documents.OfType<k8s.Models.V1Namespace>().Select(ns => ns.Metadata.Name));
        var rules = documents.OfType<k8s.Models.V1Role>().Single(role => role.Metadata.NamespaceProperty == "prod").Rules;
        var namespaces = Assert.Single(rules, rule => rule.Resources.Contains("namespaces"));
        Assert.Equal(["prod"], namespaces.ResourceNames);
        Assert.Equal(["get", "patch"], namespaces.Verbs);
    }

    [Fact]
    public void Another_token_is_another_pod_template_and_does_not_stand_in_it()
    {
        string Mark(string token) => k8s.KubernetesYaml.LoadAllFromString(AgentManifest.Render(Options(AgentScope.Cluster) with { Token = token }))
            .OfType<k8s.Models.V1Deployment>().Single().Spec.Template.Metadata.Annotations["fabric.io/token"];
        Assert.NotEqual(Mark("eu-1.secret"), Mark("eu-1.other"));
        Assert.DoesNotContain("secret", Mark("eu-1.secret"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AgentScope.Cluster)]
    [InlineData(AgentScope.Namespaced)]
    public void No_manifest_gives_rights_that_can_grow(AgentScope scope)
    {
        var manifest = AgentManifest.Render(Options(scope));
        foreach (var word in new[] { "escalate", "bind]", "bind,", "\"*\"", "[*]" }) Assert.DoesNotContain(word, manifest, StringComparison.Ordinal);
        Assert.Contains("readOnlyRootFilesystem: true", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_value_can_not_become_structure()
    {
        var manifest = AgentManifest.Render(Options(AgentScope.Cluster) with { Token = "x\"\n  evil: yes" });
        Assert.DoesNotContain("\n  evil", manifest, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => AgentManifest.Render(Options(AgentScope.Cluster) with { Namespace = "No Name" }));
        Assert.Throws<ArgumentException>(() => AgentManifest.Render(Options(AgentScope.Namespaced) with { EnvironmentNamespaces = [] }));
    }

    [Fact]
    public void An_authority_of_the_servers_own_is_mounted_where_the_agent_looks_for_it()
    {
        Assert.DoesNotContain("FABRIC_CA", AgentManifest.Render(Options(AgentScope.Cluster)), StringComparison.Ordinal);
        var documents = k8s.KubernetesYaml.LoadAllFromString(AgentManifest.Render(Options(AgentScope.Cluster) with { Authorities = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n" }));
        var map = Assert.Single(documents.OfType<k8s.Models.V1ConfigMap>());
        Assert.Equal("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n", map.Data["ca.crt"]);
        var pod = documents.OfType<k8s.Models.V1Deployment>().Single().Spec.Template.Spec;
        Assert.Equal("/etc/fabric/ca.crt", pod.Containers[0].Env.Single(e => e.Name == "FABRIC_CA").Value);
        Assert.Equal(("/etc/fabric", map.Metadata.Name), (Assert.Single(pod.Containers[0].VolumeMounts).MountPath, Assert.Single(pod.Volumes).ConfigMap.Name));
    }

    private static AgentManifestOptions Options(AgentScope scope) => new()
    {
        ServerUrl = new("https://fabric.example"), Token = "t", Scope = scope, EnvironmentNamespaces = ["prod"], Image = "registry.example/agent:1",
    };
}
