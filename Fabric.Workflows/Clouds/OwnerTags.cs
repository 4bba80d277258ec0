using Fabric.Workflows.Environments;

namespace Fabric.Workflows.Clouds;

/// <summary>Tags that say whose something in an account is.</summary>
public static class OwnerTags
{
    /// <summary>What everything of an environment carries.</summary>
    public static IReadOnlyDictionary<string, string> Of(FabricEnvironment environment) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["fabric-environment"] = environment.Name,
        ["fabric-tenant"] = environment.Tenant,
    };
}
