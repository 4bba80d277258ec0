using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>What the customer makes in Azure: an application, what it may do in the subscription, and how it signs in.</summary>
internal sealed class AzureSetup(IOptions<AzureOptions> options)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public CloudSetup Of(CloudAccount account, SignInKind kind)
    {
        var scope = $"/subscriptions/{account.Account}";
        var roles = new SetupStep(
            "Let it work in the subscription",
            "Contributor makes resources; the second role lets it give clusters their own identities.",
            "roles.sh",
            $"for role in 'Contributor' 'Role Based Access Control Administrator'; do\n  az role assignment create --assignee \"$APP_ID\" --role \"$role\" --scope {scope}\ndone");
        var enter = new SetupStep("Enter the application", "Copy the ids of directory and application into the sign-in, and check the account.");
        if (kind.Name == AzureSignIns.Secret)
        {
            return new CloudSetup(null,
            [
                new SetupStep("Make an application with a secret", "The answer shows its secret once: enter it as the sign-in.", "application.sh", "APP_ID=$(az ad app create --display-name fabric --query appId -o tsv)\naz ad sp create --id \"$APP_ID\"\naz ad app credential reset --id \"$APP_ID\" --append --display-name fabric"),
                roles,
                enter,
            ]);
        }

        if (options.Value is not { Issuer: { Length: > 0 } issuer, Subject: { Length: > 0 } subject })
            return new CloudSetup($"This server does not say yet who it is to Azure: its operator must set {AzureOptions.Section}:Issuer and {AzureOptions.Section}:Subject.", []);
        var credential = new JsonObject { ["name"] = "fabric", ["issuer"] = issuer, ["subject"] = subject, ["audiences"] = new JsonArray(options.Value.Audience) };
        return new CloudSetup(null,
        [
            new SetupStep("Make an application", "Fabric signs in as it.", "application.sh", "APP_ID=$(az ad app create --display-name fabric --query appId -o tsv)\naz ad sp create --id \"$APP_ID\""),
            new SetupStep("Have it trust this server", "Save the parameters as fabric.json, then: az ad app federated-credential create --id \"$APP_ID\" --parameters fabric.json", "fabric.json", credential.ToJsonString(Indented)),
            roles,
            new SetupStep(
                "Show that the subscription is yours",
                "Fabric works in it only while this tag stands there.",
                "tag.sh",
                $"az tag update --resource-id {scope} --operation Merge --tags {OwnershipProof.Tag}={account.SignInField(OwnershipProof.Field)}"),
            enter,
        ]);
    }
}
