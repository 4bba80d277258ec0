using Microsoft.Extensions.Options;

namespace Fabric.Workflows.Clouds.Google;

/// <summary>What the customer makes in a Google project: a service account, what it may do, and how Fabric becomes it.</summary>
internal sealed class GoogleSetup(IOptions<GoogleOptions> options)
{
    public CloudSetup Of(CloudAccount account, SignInKind kind)
    {
        var (project, email) = (account.Account, $"fabric@{account.Account}.iam.gserviceaccount.com");
        var make = new SetupStep("Make a service account", "Fabric works as it.", "service-account.sh", $"""
            gcloud services enable compute.googleapis.com container.googleapis.com iam.googleapis.com iamcredentials.googleapis.com sts.googleapis.com \
              cloudresourcemanager.googleapis.com storage.googleapis.com cloudasset.googleapis.com --project={project}
            gcloud iam service-accounts create fabric --project={project}
            for role in roles/editor roles/container.admin roles/resourcemanager.projectIamAdmin roles/iam.serviceAccountAdmin roles/cloudasset.viewer; do
              gcloud projects add-iam-policy-binding {project} --member=serviceAccount:{email} --role=$role --condition=None
            done
            """);
        if (kind.Name == GoogleSignIns.Key)
        {
            return new CloudSetup(null,
            [
                make,
                new SetupStep("Make a key", "Enter the whole file as the sign-in, then delete it.", "key.sh", $"gcloud iam service-accounts keys create fabric-key.json --iam-account={email}"),
            ]);
        }

        if (options.Value is not { Issuer: { Length: > 0 } issuer, Subject: { Length: > 0 } subject })
            return new CloudSetup($"This server does not say yet who it is to Google: its operator must set {GoogleOptions.Section}:Issuer and {GoogleOptions.Section}:Subject.", []);
        return new CloudSetup(null,
        [
            make,
            new SetupStep("Have a pool trust this server", "The provider takes this server's token and nobody else's.", "pool.sh", $"""
                NUMBER=$(gcloud projects describe {project} --format='value(projectNumber)')
                gcloud iam workload-identity-pools create fabric --location=global --project={project}
                gcloud iam workload-identity-pools providers create-oidc fabric --workload-identity-pool=fabric --location=global --project={project} \
                  --issuer-uri='{issuer}' --attribute-mapping=google.subject=assertion.sub --attribute-condition="assertion.sub == '{subject}'"
                gcloud iam service-accounts add-iam-policy-binding {email} --role=roles/iam.workloadIdentityUser \
                  --member="principal://iam.googleapis.com/projects/$NUMBER/locations/global/workloadIdentityPools/fabric/subject/{subject}"
                echo "Provider: projects/$NUMBER/locations/global/workloadIdentityPools/fabric/providers/fabric"
                """),
            new SetupStep(
                "Show that the project is yours",
                "Fabric works in it only while this label stands there.",
                "label.sh",
                $"gcloud alpha projects update {project} --update-labels={OwnershipProof.Tag}={account.SignInField(OwnershipProof.Field)}"),
            new SetupStep("Enter provider and service account", $"Enter what the second step printed, and {email}."),
        ]);
    }
}
