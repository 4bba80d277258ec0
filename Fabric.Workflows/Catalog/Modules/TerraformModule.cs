namespace Fabric.Workflows.Catalog.Modules;

/// <summary>A Terraform module as a type carries it: its files, and what goes in and comes out.</summary>
public sealed record TerraformModule
{
    /// <summary>Prefix of the variables that Fabric fills in by itself.</summary>
    public const string OwnPrefix = "fabric_";

    /// <summary>A name for things in the cloud: the same for all nodes of an environment, and for no other environment of the account.</summary>
    public const string NameVariable = "fabric_name";

    /// <summary>The region of the environment.</summary>
    public const string RegionVariable = "fabric_region";

    /// <summary>Tags by which everything the module makes is found again.</summary>
    public const string TagsVariable = "fabric_tags";

    /// <summary>Whether the cloud is an emulator: what emulators lack may be left out.</summary>
    public const string EmulatorVariable = "fabric_emulator";

    /// <summary>Names Terraform keeps for itself, so no variable can have them.</summary>
    public static readonly IReadOnlyList<string> Reserved = ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];

    /// <summary>Every variable that Fabric fills in.</summary>
    public static readonly IReadOnlyList<string> OwnVariables = [NameVariable, RegionVariable, TagsVariable, EmulatorVariable];

    /// <summary>Its files, below the module's own folder.</summary>
    public required IReadOnlyList<ModuleFile> Files { get; init; }

    /// <summary>What goes in.</summary>
    public required IReadOnlyList<ModuleVariable> Variables { get; init; }

    /// <summary>What comes out.</summary>
    public required IReadOnlyList<ModuleOutput> Outputs { get; init; }

    /// <summary>Whether everything it makes can be found by tags.</summary>
    public bool TakesTags => Variables.Any(variable => variable.Name == TagsVariable);

    /// <summary>The variable or output of a property: <c>networkId</c> is <c>network_id</c>.</summary>
    public static string SnakeCase(string property) =>
        string.Concat(property.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}

/// <param name="Path">Below the module's folder, with forward slashes.</param>
/// <param name="Text">The file.</param>
public sealed record ModuleFile(string Path, string Text);

/// <param name="Name">Name.</param>
/// <param name="Type">The type as it is written; empty for any.</param>
/// <param name="Required">True without a default.</param>
/// <param name="Sensitive">True when Terraform shows its value nowhere.</param>
public sealed record ModuleVariable(string Name, string Type, bool Required, bool Sensitive);

/// <param name="Name">Name.</param>
/// <param name="Sensitive">True when Terraform shows its value nowhere.</param>
public sealed record ModuleOutput(string Name, bool Sensitive);
