using Fabric.Workflows.Engine;
using Fabric.Workflows.Persistence;

namespace Fabric.Workflows.Blueprints.Versions;

/// <summary>Whether something new may start on a version.</summary>
public static class VersionChoice
{
    /// <summary>Why an environment may not be created from it or moved to it; null when it may.</summary>
    public static OperationFault? Refuse(BlueprintVersionRecord version) => version.Stage is not VersionStage.Retired ? null : new OperationFault(
        FaultKind.Invalid, "VersionRetired", $"Version {version.Version} of {version.Name} is retired: {version.StageReason.TrimEnd('.')}. Choose another version.", "version");
}
