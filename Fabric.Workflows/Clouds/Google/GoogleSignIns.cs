using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Google;

/// <summary>The ways of signing in to Google Cloud, and what is entered for them.</summary>
internal static partial class GoogleSignIns
{
    public const string Federation = "federation";
    public const string Key = "key";
    public const string Provider = "provider";
    public const string ServiceAccount = "serviceAccount";

    private static readonly SignInField Email = new(ServiceAccount, "Service account", "Its address, such as fabric@my-project.iam.gserviceaccount.com.");

    public static IReadOnlyList<SignInKind> All { get; } =
    [
        new(
            Federation, "Workload identity federation", "A pool of yours trusts this server's own token. Nothing secret is kept.",
            [new(Provider, "Provider", "Full name: projects/…/locations/global/workloadIdentityPools/…/providers/…"), Email, OwnershipProof.Shown("project")]),
        new(Key, "Service account key", "For organisations that allow keys. It is kept sealed; rotate it yourself.", [], new SignInField("key", "Key", "The whole JSON file.", Long: true)),
    ];

    public static IReadOnlyList<OperationFault> Check(CloudAccount row, string? secret)
    {
        var faults = new List<OperationFault>();
        if (!Project().IsMatch(row.Account))
            faults.Add(CloudFaults.Wrong("account", $"'{row.Account}' is no project id: 6 to 30 lower-case letters, digits and hyphens, such as my-project."));
        if (row.SignInField(SignInKind.Field) == Key)
        {
            if (GoogleKey.Read(secret) is null)
                faults.Add(CloudFaults.Wrong("secret", "Enter the whole JSON file of a service account's key, as Google gave it."));
            return faults;
        }

        if (!ProviderName().IsMatch(row.SignInField(Provider)))
            faults.Add(CloudFaults.Wrong($"signIn.{Provider}", $"'{row.SignInField(Provider)}' is no provider, such as projects/123456789012/locations/global/workloadIdentityPools/fabric/providers/fabric."));
        if (!IsEmail(row.SignInField(ServiceAccount)))
            faults.Add(CloudFaults.Wrong($"signIn.{ServiceAccount}", $"'{row.SignInField(ServiceAccount)}' is no service account, such as fabric@{row.Account}.iam.gserviceaccount.com."));
        return faults;
    }

    public static bool IsRegion(string region) => Region().IsMatch(region);

    public static bool IsEmail(string email) => ServiceAccountEmail().IsMatch(email);

    [GeneratedRegex(@"^[a-z][a-z0-9-]{4,28}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Project();

    [GeneratedRegex(@"^projects/[0-9]{1,20}/locations/global/workloadIdentityPools/[a-z0-9-]{4,32}/providers/[a-z0-9-]{4,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ProviderName();

    [GeneratedRegex(@"^[a-z0-9-]{6,30}@[a-z0-9.-]{6,80}\.gserviceaccount\.com\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceAccountEmail();

    [GeneratedRegex(@"^[a-z]{2,20}-[a-z]{2,20}\d{1,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Region();
}

/// <summary>What counts in a key's file. The addresses in it do not: whoever wrote the file could have Fabric call any of them.</summary>
internal sealed record GoogleKey(string Email, string PrivateKey)
{
    /// <summary>Null when the text is no key.</summary>
    public static GoogleKey? Read(string? text)
    {
        try
        {
            return text is not null && JsonNode.Parse(text) is JsonObject json && Field(json, "type") == "service_account"
                && Field(json, "client_email") is { } email && GoogleSignIns.IsEmail(email) && Field(json, "private_key") is { } key && key.StartsWith("-----BEGIN PRIVATE KEY-----", StringComparison.Ordinal)
                ? new GoogleKey(email, key)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Email;

    private static string? Field(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
