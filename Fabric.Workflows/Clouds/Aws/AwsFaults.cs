using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>AWS's refusals in Fabric's words, told apart by their codes. AWS's own sentences may repeat keys and are not passed on.</summary>
internal static partial class AwsFaults
{
    private static readonly HashSet<string> Denials = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess", "NotAuthorized", "AuthorizationError"];

    private static readonly HashSet<string> Strangers =
    [
        "InvalidClientTokenId", "SignatureDoesNotMatch", "InvalidAccessKeyId", "AuthFailure", "UnrecognizedClientException", "InvalidSignatureException",
        "MissingAuthenticationToken", "IncompleteSignature",
    ];

    private static readonly HashSet<string> Expired = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"];

    /// <summary>Whether AWS said that the caller may not do this.</summary>
    public static bool IsDenial(string? code) => code is not null && Denials.Contains(code);

    /// <summary>Whether AWS said that it does not know the caller.</summary>
    public static bool IsStranger(string? code) => code is not null && Strangers.Contains(code);

    /// <summary>Whether AWS answered not at all; the caller's own cancellation is something else.</summary>
    public static bool IsUnreachable(Exception e, CancellationToken ct) =>
        e is HttpRequestException or IOException or TimeoutException or OperationCanceledException or WebException && !ct.IsCancellationRequested;

    /// <summary>What a failure of the SDK means.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="what">What was asked: a service and a region.</param>
    public static OperationFault Of(AmazonServiceException e, string what) => Of(Known(e.ErrorCode), (int)e.StatusCode, what);

    /// <summary>What a refusal means.</summary>
    /// <param name="code">AWS's code; null when it gave none.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="what">What was asked: a service and a region.</param>
    public static OperationFault Of(string? code, int status, string what) =>
        IsDenial(code) ? CloudFaults.NotAllowed($"AWS does not let Fabric use {what} ({code}): what Fabric signs in as lacks the permission. Bring its policies up to date with the account's set-up.")
        : IsStranger(code) ? CloudFaults.Refused($"AWS does not know what Fabric signs in with to {what} ({code}): the key is wrong, inactive or gone. Change the account's sign-in.")
        : code is not null && Expired.Contains(code) ? CloudFaults.Refused($"The session for {what} is over ({code}). Try again; if it stays, look at the clock of this server.")
        : code == "OptInRequired" ? CloudFaults.NotAllowed($"The account may not use {what} ({code}): the region is not enabled in it. Enable it, or choose another.")
        : status is 429 or >= 500 || code is "Throttling" or "ThrottlingException" or "RequestLimitExceeded" or "AccountLimitExceededException" ? Silent(what, code)
        : new OperationFault(FaultKind.WrongState, CloudFaults.Strange, $"AWS refused a question to {what} ({code ?? $"HTTP {status}"}). Look at the account's own audit log for what it says.");

    /// <summary>AWS did not answer, or not now.</summary>
    public static OperationFault Silent(string what, string? code = null) =>
        CloudFaults.Silent($"AWS does not answer for {what} now{(code is null ? "" : $" ({code})")}. Nothing was changed; try again later.");

    /// <summary>AWS answered what cannot be read.</summary>
    public static OperationFault NotUnderstood(string service) =>
        CloudFaults.NotUnderstood($"What AWS answered for {service} cannot be read. Look whether the endpoint in the settings is AWS's.");

    /// <summary>The code in an error's body, JSON or XML; null when there is none.</summary>
    public static string? CodeIn(string body)
    {
        try
        {
            var code = body.AsSpan().TrimStart() is ['<', ..]
                ? XDocument.Parse(body).Descendants().FirstOrDefault(element => element.Name.LocalName == "Code")?.Value
                : JsonNode.Parse(body) is JsonObject json ? ((string?)(json["__type"] ?? json["code"]))?.Split('#')[^1] : null;
            return Known(code);
        }
        catch (Exception e) when (e is JsonException or XmlException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A code that is one: a word, never a sentence.</summary>
    private static string? Known(string? code) => code is not null && Code().IsMatch(code) ? code : null;

    [GeneratedRegex(@"^[A-Za-z][A-Za-z.]{1,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
