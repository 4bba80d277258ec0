using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Agent.Connection;
using Fabric.Agent.Kubernetes;
using Fabric.Agent.Reconcile.Health;
using Fabric.Protocol.Intents;

namespace Fabric.Agent.Reconcile;

/// <summary>An <c>Intent</c> object as it stands in the cluster, believed in nothing until verified.</summary>
internal sealed record IntentObject(string Name, JsonObject Body)
{
    public const string ApiVersion = "fabric.io/v1alpha1";
    public const string Kind = "Intent";

    public string Jws => Kube.Text(Body["spec"]?["jws"]);
    public string Cancel => Kube.Text(Body["spec"]?["cancel"]);
    public string Uid => Kube.Text(Body["metadata"]?["uid"]);

    public IntentProgress Progress
    {
        get
        {
            try
            {
                return Body["status"]?.Deserialize(AgentJson.Default.IntentProgress) ?? new();
            }
            catch (JsonException)
            {
                return new();
            }
        }
    }

    public static ObjectKey Key(string ns, string name) => new(ApiVersion, Kind, ns, name);

    /// <summary>One object per entity: the node's name for people, the end of the id for uniqueness.</summary>
    public static string NameFor(IntentPayload payload) => $"{payload.Node}-{payload.EntityId.ToString("N")[20..]}";

    /// <summary>What the agent writes; <see cref="Mirrors"/> holds a found object against it.</summary>
    public static JsonObject Write(string ns, IntentPayload payload, string jws, string? cancel)
    {
        var spec = Spec(payload, jws);
        if (cancel is not null) spec["cancel"] = cancel;
        return new()
        {
            ["apiVersion"] = ApiVersion,
            ["kind"] = Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = NameFor(payload),
                ["namespace"] = ns,
                ["labels"] = new JsonObject
                {
                    [IntentAnnotations.Entity] = payload.EntityId.ToString(),
                    [IntentAnnotations.Environment] = payload.EnvironmentName,
                    [IntentAnnotations.Node] = payload.Node,
                },
            },
            ["spec"] = spec,
        };
    }

    /// <summary>Whether this object is the one the agent would have written for the payload.</summary>
    public bool Mirrors(IntentPayload payload)
    {
        if (Name != NameFor(payload)) return false;
        var wanted = Spec(payload, Jws);
        return wanted.All(field => JsonNode.DeepEquals(field.Value, Body["spec"]?[field.Key]))
            && Kube.Text(Body["metadata"]?["labels"]?[IntentAnnotations.Entity]) == payload.EntityId.ToString();
    }

    private static JsonObject Spec(IntentPayload payload, string jws) => new()
    {
        ["entityId"] = payload.EntityId.ToString(),
        ["tenant"] = payload.Tenant,
        ["environment"] = payload.EnvironmentName,
        ["node"] = payload.Node,
        ["namespace"] = payload.Namespace,
        ["generation"] = payload.Generation,
        ["kind"] = payload.Kind.ToString().ToLowerInvariant(),
        ["jws"] = jws,
    };
}
