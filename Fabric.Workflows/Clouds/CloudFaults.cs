using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds;

/// <summary>Faults of clouds, in Fabric's words.</summary>
public static class CloudFaults
{
    /// <summary>The environment has no account, or none that can be used.</summary>
    public const string NoAccount = "NoCloudAccount";

    /// <summary>The cloud did not let Fabric in.</summary>
    public const string SignInRefused = "CloudSignInRefused";

    /// <summary>Fabric was let in, and may not do this.</summary>
    public const string Denied = "CloudDenied";

    /// <summary>The cloud did not answer, or not now.</summary>
    public const string Unreachable = "CloudUnreachable";

    /// <summary>The server itself lacks what it signs in by.</summary>
    public const string NoIdentity = "NoCloudIdentity";

    /// <summary>The cloud answered what Fabric does not understand.</summary>
    public const string Strange = "CloudAnswerStrange";

    /// <summary>The cluster has nothing of its own that installs an agent.</summary>
    public const string NoBootstrap = nameof(NoBootstrap);

    /// <summary>A cluster that somebody connects by hand.</summary>
    internal static OperationFault WithoutBootstrap(string cluster) =>
        new(FaultKind.NotFound, NoBootstrap, $"Cluster {cluster} has nothing of its own that installs an agent: apply the manifest of the Agent tab to it.");

    /// <summary>A kind of resource that Fabric leaves to people.</summary>
    internal static OperationFault NotRemoved(CloudResource resource) =>
        new(FaultKind.WrongState, "NotRemoved", $"Fabric does not remove what is of type {resource.Type}; remove {resource.Id} in the account.");

    internal static OperationFault Missing(string sentence) => new(FaultKind.WrongState, NoAccount, sentence);

    internal static OperationFault Refused(string sentence) => new(FaultKind.WrongState, SignInRefused, sentence);

    internal static OperationFault NotAllowed(string sentence) => new(FaultKind.WrongState, Denied, sentence);

    internal static OperationFault Silent(string sentence) => new(FaultKind.Unavailable, Unreachable, sentence);

    internal static OperationFault Unprepared(string sentence) => new(FaultKind.Unavailable, NoIdentity, sentence);

    internal static OperationFault NotUnderstood(string sentence) => new(FaultKind.Unavailable, Strange, sentence);

    internal static OperationFault Wrong(string field, string sentence) => new(FaultKind.Invalid, "Invalid", sentence, field);
}
