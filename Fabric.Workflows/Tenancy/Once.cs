namespace Fabric.Workflows.Tenancy;

/// <summary>
/// A call that its caller may send again and that is to be carried out once. It travels with the actor to the commit, where the
/// answer is written beside the effect.
/// </summary>
/// <param name="Key">The key that the caller gave the call.</param>
/// <param name="RequestHash">SHA-256 of what was asked, hex.</param>
public sealed record Once(string Key, string RequestHash);
