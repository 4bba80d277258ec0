using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>The ways of signing in to AWS, and what is entered for them.</summary>
internal static partial class AwsSignIns
{
    public const string Role = "role";
    public const string RoleArn = "roleArn";
    public const string ExternalId = "externalId";
    public const string AccessKey = "access-key";
    public const string AccessKeyId = "accessKeyId";

    public static IReadOnlyList<SignInKind> All { get; } =
    [
        new(
            Role, "Role", "Fabric assumes a role that trusts it, for an hour at most. Nothing secret is kept.",
            [
                new(RoleArn, "ARN of the role", "Output RoleArn of the stack, or the ARN of the role you made."),
                new(ExternalId, "External id", "Stands in the role's trust policy, so that nobody else can have Fabric assume it.", Given: true),
            ]),
        new(
            AccessKey, "Access key", "For accounts where no role can be made. The key is kept sealed; rotate it yourself.",
            [new(AccessKeyId, "Access key id", "Starts with AKIA.")],
            new("secretAccessKey", "Secret access key", "Shown by AWS once, when the key was made.")),
    ];

    /// <summary>An external id that nobody can guess, and that no other account has.</summary>
    public static string NewExternalId() => $"fabric-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    public static bool IsAccount(string account) => Account().IsMatch(account);

    public static IReadOnlyList<OperationFault> Check(CloudAccount row, string? secret)
    {
        var faults = new List<OperationFault>();
        if (!IsAccount(row.Account))
            faults.Add(CloudFaults.Wrong("account", $"'{row.Account}' is no AWS account: it has 12 digits."));
        if (row.SignInField(SignInKind.Field) == Role)
        {
            if (!ArnOfRole().IsMatch(row.SignInField(RoleArn)))
                faults.Add(CloudFaults.Wrong($"signIn.{RoleArn}", $"'{row.SignInField(RoleArn)}' is no ARN of a role, such as arn:aws:iam::{row.Account}:role/fabric."));
            else if (row.SignInField(RoleArn).Split(':')[4] != row.Account)
                faults.Add(CloudFaults.Wrong($"signIn.{RoleArn}", $"The role is one of account {row.SignInField(RoleArn).Split(':')[4]}; it must be one of {row.Account}."));
        }
        else
        {
            if (!KeyId().IsMatch(row.SignInField(AccessKeyId)))
                faults.Add(CloudFaults.Wrong($"signIn.{AccessKeyId}", "An access key id has 16 to 128 capital letters and digits, such as AKIAIOSFODNN7EXAMPLE."));
            if (secret is null or { Length: < 16 or > 128 } || secret.Any(letter => letter is < '!' or > '~'))
                faults.Add(CloudFaults.Wrong("secret", "Enter the secret access key as AWS showed it: 40 characters, no spaces."));
        }

        return faults;
    }

    [GeneratedRegex(@"^\d{12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Account();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::\d{12}:role/[A-Za-z0-9_+=,.@/-]{1,512}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ArnOfRole();

    [GeneratedRegex(@"^[A-Z0-9]{16,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyId();
}
