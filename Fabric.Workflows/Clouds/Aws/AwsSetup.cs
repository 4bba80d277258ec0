using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Aws;

/// <summary>What the customer makes in an AWS account: one role that trusts this server's principal when it shows the external id.</summary>
internal sealed class AwsSetup(IOptions<AwsOptions> options)
{
    /// <summary>Name of the role that the stack makes.</summary>
    public const string RoleName = "fabric";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public CloudSetup Of(CloudAccount account, SignInKind kind)
    {
        if (kind.Name == AwsSignIns.AccessKey)
        {
            return new CloudSetup(null,
            [
                new SetupStep("Make a user for Fabric", "In IAM, make a user without console access and give it the managed policy PowerUserAccess and the inline policy below.", "fabric-policy.json", Print(RolesPolicy())),
                new SetupStep("Make an access key", "On the user's page choose 'Create access key' and 'Third-party service'. AWS shows its secret once: enter it here."),
            ]);
        }

        if (options.Value.Principal is not { Length: > 0 } principal)
            return new CloudSetup($"This server does not say yet who it is at AWS: its operator must set {AwsOptions.Section}:Principal.", []);
        var externalId = account.SignInField(AwsSignIns.ExternalId);
        return new CloudSetup(null,
        [
            new SetupStep("Create the stack", $"In CloudFormation of account {account.Account}, create a stack from this template. It makes one role, {RoleName}, and nothing else.", "fabric-role.json", Print(Template(principal, externalId))),
            new SetupStep("Or make the role yourself", "Make a role with this trust policy, and give it the managed policy PowerUserAccess and the right to manage roles, as the template does.", "trust-policy.json", Print(Trust(principal, externalId))),
            new SetupStep("Enter the role", "Copy the output RoleArn of the stack into the sign-in, and check the account."),
        ]);
    }

    private static string Print(JsonNode json) => json.ToJsonString(Indented);

    private static JsonObject Trust(string principal, string externalId) => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = principal },
            ["Action"] = "sts:AssumeRole",
            ["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["sts:ExternalId"] = externalId } },
        }),
    };

    // PowerUserAccess leaves IAM out; clusters need roles and an identity provider of their own.
    private static JsonObject RolesPolicy() => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Effect"] = "Allow",
            ["Action"] = new JsonArray(
                "iam:*Role", "iam:*RolePolicy", "iam:*RolePolicies", "iam:*RoleTags", "iam:*InstanceProfile*", "iam:*OpenIDConnectProvider*", "iam:*ServiceLinkedRole",
                "iam:*Policy", "iam:*PolicyVersion", "iam:ListRoles", "iam:ListPolicyVersions", "iam:GetAccountAuthorizationDetails", "iam:SimulatePrincipalPolicy"),
            ["Resource"] = "*",
        }),
    };

    private static JsonObject Template(string principal, string externalId) => new()
    {
        ["AWSTemplateFormatVersion"] = "2010-09-09",
        ["Description"] = "The role that Fabric assumes to make and look after environments in this account.",
        ["Resources"] = new JsonObject
        {
            ["Role"] = new JsonObject
            {
                ["Type"] = "AWS::IAM::Role",
                ["Properties"] = new JsonObject
                {
                    ["RoleName"] = RoleName,
                    ["MaxSessionDuration"] = 3600,
                    ["AssumeRolePolicyDocument"] = Trust(principal, externalId),
                    ["ManagedPolicyArns"] = new JsonArray(new JsonObject { ["Fn::Sub"] = "arn:${AWS::Partition}:iam::aws:policy/PowerUserAccess" }),
                    ["Policies"] = new JsonArray(new JsonObject { ["PolicyName"] = "fabric-roles", ["PolicyDocument"] = RolesPolicy() }),
                },
            },
        },
        ["Outputs"] = new JsonObject { ["RoleArn"] = new JsonObject { ["Value"] = new JsonObject { ["Fn::GetAtt"] = new JsonArray("Role", "Arn") } } },
    };
}
