using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds;

/// <summary>What a check found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckResult>))]
public enum CheckResult
{
    /// <summary>It is as it must be.</summary>
    Passed,

    /// <summary>It is not, and environments could not be made.</summary>
    Failed,

    /// <summary>Nobody could look; the sentence says why.</summary>
    NotChecked,
}

/// <summary>One row of a preflight.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Result">What was found.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Advice">What to do; empty when nothing is.</param>
public sealed record PreflightCheck(string Name, CheckResult Result, string Sentence, string Advice = "")
{
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web);

    /// <summary>As it should be.</summary>
    public static PreflightCheck Passed(string name, string sentence) => new(name, CheckResult.Passed, sentence);

    /// <summary>Not as it should be.</summary>
    public static PreflightCheck Failed(string name, string sentence, string advice) => new(name, CheckResult.Failed, sentence, advice);

    /// <summary>Not known.</summary>
    public static PreflightCheck NotChecked(string name, string sentence, string advice = "") => new(name, CheckResult.NotChecked, sentence, advice);

    /// <summary>Fabric could not sign in, so nothing else could be looked at.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="others">The rows that are missing.</param>
    public static IReadOnlyList<PreflightCheck> NotSignedIn(OperationFault fault, params IEnumerable<string> others) =>
    [
        Failed("Sign-in", fault.Message, fault.Code switch
        {
            CloudFaults.NoIdentity => "Tell the operator of this server.",
            CloudFaults.Unreachable => "Check again later.",
            _ => "Mend the sign-in, then check again.",
        }),
        .. others.Select(name => NotChecked(name, "Fabric could not sign in.")),
    ];

    /// <summary>Rows as an account keeps them.</summary>
    public static JsonObject ToJson(IReadOnlyList<PreflightCheck> checks) => new() { ["checks"] = JsonSerializer.SerializeToNode(checks, Stored) };

    /// <summary>The rows that an account keeps; none before its first preflight.</summary>
    public static IReadOnlyList<PreflightCheck> Of(CloudAccount account) =>
        account.Preflight?["checks"] is JsonArray rows ? rows.Deserialize<PreflightCheck[]>(Stored) ?? [] : [];
}
