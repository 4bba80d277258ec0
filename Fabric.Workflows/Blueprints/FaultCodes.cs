namespace Fabric.Workflows.Blueprints;

/// <summary>The kinds of fault a catalog or blueprint file can have.</summary>
public static class FaultCodes
{
    /// <summary>The text is not YAML.</summary>
    public const string YamlSyntax = nameof(YamlSyntax);
    /// <summary>An anchor, alias, merge key, tag or complex key: YAML the text form does without.</summary>
    public const string YamlFeature = nameof(YamlFeature);
    /// <summary>The text is larger or nested deeper than any honest file.</summary>
    public const string TooLarge = nameof(TooLarge);
    /// <summary>The same key twice in one map, or the same type and version twice in a catalog.</summary>
    public const string DuplicateName = nameof(DuplicateName);
    public const string UnknownKey = nameof(UnknownKey);
    public const string MissingKey = nameof(MissingKey);
    public const string WrongKind = nameof(WrongKind);
    /// <summary>The name in the text is not the one it is kept under.</summary>
    public const string WrongName = nameof(WrongName);
    public const string BadSlug = nameof(BadSlug);
    public const string BadVersion = nameof(BadVersion);
    /// <summary>A part of a JSON Schema that Fabric does not read.</summary>
    public const string BadSchema = nameof(BadSchema);
    public const string BadDuration = nameof(BadDuration);
    public const string BadCron = nameof(BadCron);
    public const string UnknownEntityType = nameof(UnknownEntityType);
    public const string UnknownEntityVersion = nameof(UnknownEntityVersion);
    public const string UnknownBlueprint = nameof(UnknownBlueprint);
    public const string UnknownNode = nameof(UnknownNode);
    public const string UnknownGate = nameof(UnknownGate);
    public const string UnknownOperation = nameof(UnknownOperation);
    public const string UnknownBinding = nameof(UnknownBinding);
    public const string BadBinding = nameof(BadBinding);
    public const string MistypedBinding = nameof(MistypedBinding);
    public const string MissingConfig = nameof(MissingConfig);
    public const string UnknownConfig = nameof(UnknownConfig);
    public const string InvalidConfig = nameof(InvalidConfig);
    public const string Cycle = nameof(Cycle);
    /// <summary>A node that can never start, because everything leading to it goes through a cycle.</summary>
    public const string UnreachableNode = nameof(UnreachableNode);
    public const string MissingImplementation = nameof(MissingImplementation);
    public const string MissingFile = nameof(MissingFile);
    /// <summary>A policy whose expression cannot be read.</summary>
    public const string BadPolicy = nameof(BadPolicy);
    /// <summary>A Terraform module that does not fit its type, or cannot be read.</summary>
    public const string BadModule = nameof(BadModule);
    /// <summary>Content changed under a version that is already known.</summary>
    public const string ContentChanged = nameof(ContentChanged);
    /// <summary>An edit of the text that cannot be made without touching lines it has no business with.</summary>
    public const string EditRefused = nameof(EditRefused);
    /// <summary>A manifest that did not render to a Kubernetes object.</summary>
    public const string BadManifest = nameof(BadManifest);
}
