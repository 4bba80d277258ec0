using System.Text.RegularExpressions;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>The ways of signing in to Azure, and what is entered for them.</summary>
internal static partial class AzureSignIns
{
    public const string Federated = "federated";
    public const string Secret = "secret";
    public const string TenantId = "tenantId";
    public const string ClientId = "clientId";

    private static readonly SignInField[] Application =
    [
        new(TenantId, "Directory (tenant) id", "Shown on the overview of the application."),
        new(ClientId, "Application (client) id", "Shown on the overview of the application."),
    ];

    public static IReadOnlyList<SignInKind> All { get; } =
    [
        new(Federated, "Federated credential", "The application trusts this server's own token. Nothing secret is kept.", [.. Application, OwnershipProof.Shown("subscription")]),
        new(Secret, "Client secret", "For directories that trust no other issuer. The secret is kept sealed; rotate it yourself.", Application, new SignInField("clientSecret", "Client secret", "The value, not the id, of a secret of the application.")),
    ];

    public static IReadOnlyList<OperationFault> Check(CloudAccount row, string? secret)
    {
        var faults = new List<OperationFault>();
        if (!Guid.TryParseExact(row.Account, "D", out _))
            faults.Add(CloudFaults.Wrong("account", $"'{row.Account}' is no subscription id, such as 00000000-0000-0000-0000-000000000000."));
        foreach (var field in Application)
        {
            if (!Guid.TryParseExact(row.SignInField(field.Name), "D", out _))
                faults.Add(CloudFaults.Wrong($"signIn.{field.Name}", $"'{row.SignInField(field.Name)}' is no {field.Title.ToLowerInvariant()}, such as 00000000-0000-0000-0000-000000000000."));
        }

        if (row.SignInField(SignInKind.Field) == Secret && secret is null or { Length: < 8 or > 512 })
            faults.Add(CloudFaults.Wrong("secret", "Enter the client secret as Azure showed it."));
        return faults;
    }

    public static bool IsRegion(string region) => Region().IsMatch(region);

    [GeneratedRegex(@"^[a-z]{3,30}\d?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Region();
}
