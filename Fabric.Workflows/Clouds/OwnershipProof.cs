using System.Security.Cryptography;

namespace Fabric.Workflows.Clouds;

/// <summary>
/// A mark that only who may change a subscription or project can put on it. Every customer's federation trusts the same server, so without
/// it one customer could name another's account and have Fabric work in it. AWS has the external id for this.
/// </summary>
internal static class OwnershipProof
{
    /// <summary>Name of the tag or label.</summary>
    public const string Tag = "fabric-connection";

    /// <summary>Where the mark stands in a sign-in.</summary>
    public const string Field = "proof";

    /// <summary>The field, as it is shown.</summary>
    public static SignInField Shown(string what) => new(Field, "Proof", $"Put on the {what} as {Tag}, so that nobody else can have Fabric work in it.", Given: true);

    /// <summary>A new mark: letters and digits that every cloud takes in a tag or label.</summary>
    public static string New() => $"f{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
}
