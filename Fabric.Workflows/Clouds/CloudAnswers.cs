using System.Net;
using System.Text.RegularExpressions;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds;

/// <summary>What a cloud's refusals mean, in Fabric's words.</summary>
/// <param name="title">The cloud's name, for sentences.</param>
internal sealed partial class CloudAnswers(string title)
{
    /// <summary>What a refusal means.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">The cloud's code; null when it gave none.</param>
    /// <param name="what">What was asked about.</param>
    public OperationFault Of(int status, string? code, string what)
    {
        var said = Code(code) ?? $"HTTP {status}";
        return (HttpStatusCode)status switch
        {
            HttpStatusCode.Unauthorized => CloudFaults.Refused($"{title} does not take Fabric's sign-in for {what} ({said}). Change the account's sign-in."),
            HttpStatusCode.Forbidden => CloudFaults.NotAllowed($"{title} does not let Fabric work with {what} ({said}): what Fabric signs in as lacks the permission. Bring its roles up to date with the account's set-up."),
            HttpStatusCode.NotFound => new OperationFault(FaultKind.WrongState, CloudFaults.Strange, $"{title} does not find {what} ({said}). Look whether it is still there."),
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => Silent(what, said),
            _ => new OperationFault(FaultKind.WrongState, CloudFaults.Strange, $"{title} refused a question about {what} ({said}). Look at its own audit log for what it says."),
        };
    }

    /// <summary>It did not answer, or not now.</summary>
    public OperationFault Silent(string what, string? said = null) =>
        CloudFaults.Silent($"{title} does not answer for {what} now{(said is null ? "" : $" ({said})")}. Nothing was changed; try again later.");

    /// <summary>It answered what cannot be read.</summary>
    public OperationFault NotUnderstood(string what) => CloudFaults.NotUnderstood($"What {title} answered for {what} cannot be read. Look whether the endpoint in the settings is right.");

    /// <summary>A code that is one: a word, never a sentence.</summary>
    public static string? Code(string? code) => code is not null && Word().IsMatch(code) ? code : null;

    [GeneratedRegex(@"^[A-Za-z][A-Za-z_]{1,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
