using System.Text.Json.Nodes;
using Fabric.Workflows.Engine;

namespace Fabric.Workflows.Clouds.Google;

/// <summary>Looks whether environments can be made in a project: who Fabric is there, its services, regions, permissions and quotas.</summary>
internal sealed class GooglePreflight(GoogleTokens tokens, GoogleProjects projects)
{
    private static readonly string[] Services = ["compute", "container", "iam", "cloudresourcemanager", "storage", "cloudasset"];

    private static readonly string[] Needed =
    [
        "compute.networks.create", "compute.subnetworks.create", "container.clusters.create", "storage.buckets.create", "iam.serviceAccounts.create",
        "resourcemanager.projects.setIamPolicy", "cloudasset.assets.searchAllResources",
    ];

    public async Task<IReadOnlyList<PreflightCheck>> RunAsync(OpenedAccount account, Func<string, CancellationToken, Task<OperationFault?>> fault, CancellationToken ct)
    {
        var token = await tokens.GetAsync(account, ct);
        var refused = token.Succeeded ? await fault(token.Value.Value, ct) : token.Faults[0];
        if (refused is not null)
            return PreflightCheck.NotSignedIn(refused, "Services", "Regions", "Permissions", "Quotas");
        var (project, bearer) = (account.Row.Account, token.Value.Value);
        return
        [
            PreflightCheck.Passed("Sign-in", $"Fabric signed in to Google for project {project}."),
            PreflightCheck.Passed("Account", $"It is project {project}, as entered, and it is active."),
            await ServicesAsync(bearer, project, ct),
            .. await RegionsAsync(bearer, project, account.Row.Regions, ct),
            await PermissionsAsync(bearer, project, ct),
            await NetworksAsync(bearer, project, ct),
        ];
    }

    private async Task<PreflightCheck> ServicesAsync(string token, string project, CancellationToken ct)
    {
        var names = string.Join('&', Services.Select(service => $"names=projects/{project}/services/{service}.googleapis.com"));
        var answer = await projects.GetAsync(token, "serviceusage", $"v1/projects/{project}/services:batchGet?{names}", $"the services of project {project}", ct);
        if (!answer.Succeeded)
            return PreflightCheck.NotChecked("Services", answer.Faults[0].Message);
        var on = (answer.Value["services"] as JsonArray ?? []).Where(service => (string?)service?["state"] == "ENABLED").Select(service => ((string?)service!["name"])!.Split('/')[^1]).ToHashSet();
        var off = Services.Select(service => $"{service}.googleapis.com").Where(service => !on.Contains(service)).ToList();
        return off.Count == 0
            ? PreflightCheck.Passed("Services", $"All {Services.Length} services that are needed are enabled.")
            : PreflightCheck.Failed("Services", $"Not enabled: {string.Join(", ", off)}.", $"Enable them: gcloud services enable {string.Join(' ', off)} --project={project}");
    }

    private async Task<IReadOnlyList<PreflightCheck>> RegionsAsync(string token, string project, IReadOnlyList<string> regions, CancellationToken ct)
    {
        if (regions.Count == 0)
            return [PreflightCheck.NotChecked("Regions", "Environments may be made in any region, so none was looked at.", "Name the regions to have them checked.")];
        var rows = new List<PreflightCheck>();
        foreach (var region in regions)
        {
            var answer = await projects.GetAsync(token, "compute", $"compute/v1/projects/{project}/regions/{region}", $"region {region}", ct);
            rows.Add(!answer.Succeeded ? PreflightCheck.NotChecked($"Region {region}", answer.Faults[0].Message)
                : (string?)answer.Value["status"] == "UP" ? PreflightCheck.Passed($"Region {region}", "It is up.")
                : PreflightCheck.Failed($"Region {region}", "Google says that it is not up.", "Choose another, or check again later."));
        }

        return rows;
    }

    private async Task<PreflightCheck> PermissionsAsync(string token, string project, CancellationToken ct)
    {
        var answer = await projects.PermissionsAsync(token, project, Needed, ct);
        if (!answer.Succeeded)
            return PreflightCheck.NotChecked("Permissions", answer.Faults[0].Message);
        var granted = (answer.Value["permissions"] as JsonArray ?? []).Select(permission => (string?)permission).ToHashSet();
        var missing = Needed.Where(permission => !granted.Contains(permission)).ToList();
        return missing.Count == 0
            ? PreflightCheck.Passed("Permissions", $"All {Needed.Length} permissions that were looked for are granted.")
            : PreflightCheck.Failed("Permissions", $"Not granted: {string.Join(", ", missing)}.", "Give the service account the roles of the account's set-up, then check again.");
    }

    private async Task<PreflightCheck> NetworksAsync(string token, string project, CancellationToken ct)
    {
        const string Name = "Networks";
        var answer = await projects.GetAsync(token, "compute", $"compute/v1/projects/{project}", $"the quotas of project {project}", ct);
        if (!answer.Succeeded)
            return PreflightCheck.NotChecked(Name, answer.Faults[0].Message);
        if ((answer.Value["quotas"] as JsonArray ?? []).FirstOrDefault(quota => (string?)quota?["metric"] == "NETWORKS") is not JsonObject quota
            || quota["usage"] is not JsonValue used || !used.TryGetValue<double>(out var usage) || quota["limit"] is not JsonValue most || !most.TryGetValue<double>(out var limit))
            return PreflightCheck.NotChecked(Name, "Google does not count them here.");
        var sentence = $"{usage:0} of {limit:0} are used.";
        return usage < limit ? PreflightCheck.Passed(Name, sentence) : PreflightCheck.Failed(Name, sentence, "Free one, or ask Google for a higher quota of networks.");
    }
}
