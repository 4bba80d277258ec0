namespace Fabric.Protocol.Intents;

/// <summary>Names of annotations, labels and managers in the cluster.</summary>
public static class IntentAnnotations
{
    /// <summary>Annotation: integer; lower waves come first, default 0.</summary>
    public const string Wave = "fabric.io/wave";

    /// <summary>Annotation <c>"true"</c>: skipped where the cluster does not know the kind.</summary>
    public const string OptionalKind = "fabric.io/optional-kind";

    /// <summary>Label on every object: the entity's id.</summary>
    public const string Entity = "fabric.io/entity";

    /// <summary>Label on every object: the environment's name.</summary>
    public const string Environment = "fabric.io/environment";

    /// <summary>Label on every object: the node's name.</summary>
    public const string Node = "fabric.io/node";

    /// <summary>Field manager of server-side apply.</summary>
    public const string FieldManager = "fabric-agent";

    /// <summary>Field manager of operation patches, so that the next apply does not undo them.</summary>
    public const string OperationManager = "fabric-operation";
}
