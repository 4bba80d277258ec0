using System.Text.Json.Nodes;
using Azure.ResourceManager.Resources.Models;

namespace Fabric.Workflows.Clouds.Azure;

/// <summary>Looks whether environments can be made in a subscription: who Fabric is there, its regions, permissions and quotas.</summary>
internal sealed class AzurePreflight(AzureSessions sessions, AzureResources resources)
{
    private static readonly string[] Needed =
    [
        "Microsoft.Resources/subscriptions/resourceGroups/write", "Microsoft.Network/virtualNetworks/write", "Microsoft.ContainerService/managedClusters/write",
        "Microsoft.Storage/storageAccounts/write", "Microsoft.ManagedIdentity/userAssignedIdentities/write", "Microsoft.Authorization/roleAssignments/write",
    ];

    private static readonly (string Name, string Title)[] Quotas = [("VirtualNetworks", "Networks"), ("PublicIPAddresses", "Addresses")];

    public async Task<IReadOnlyList<PreflightCheck>> RunAsync(OpenedAccount account, CancellationToken ct)
    {
        var opened = await sessions.OpenAsync(account, ct);
        var token = opened.Succeeded ? await sessions.TokenAsync(opened.Value, ct) : opened.Cast<string>();
        if (!token.Succeeded)
            return PreflightCheck.NotSignedIn(token.Faults[0], "Regions", "Permissions", "Quotas");
        var at = $"/subscriptions/{account.Row.Account}";
        return
        [
            PreflightCheck.Passed("Sign-in", $"Application {account[AzureSignIns.ClientId]} signed in."),
            await SubscriptionAsync(token.Value, account.Row.Account, ct),
            .. await RegionsAsync(token.Value, account.Row.Account, account.Row.Regions, ct),
            await PermissionsAsync(token.Value, at, ct),
            .. await QuotasAsync(token.Value, at, account.Row.Regions, ct),
        ];
    }

    private async Task<PreflightCheck> SubscriptionAsync(string token, string subscription, CancellationToken ct)
    {
        var answer = await resources.SubscriptionAsync(token, subscription, ct);
        if (!answer.Succeeded)
            return PreflightCheck.NotChecked("Account", answer.Faults[0].Message);
        var state = answer.Value.State;
        return state is SubscriptionState.Enabled
            ? PreflightCheck.Passed("Account", $"It is subscription {subscription}, as entered, and it is enabled.")
            : PreflightCheck.Failed("Account", $"Subscription {subscription} is not enabled but {state?.ToString() ?? "unknown"}.", "Have it enabled, then check again.");
    }

    private async Task<IReadOnlyList<PreflightCheck>> RegionsAsync(string token, string subscription, IReadOnlyList<string> regions, CancellationToken ct)
    {
        if (regions.Count == 0)
            return [PreflightCheck.NotChecked("Regions", "Environments may be made in any region, so none was looked at.", "Name the regions to have them checked.")];
        var answer = await resources.RegionsAsync(token, subscription, ct);
        if (!answer.Succeeded)
            return [PreflightCheck.NotChecked("Regions", answer.Faults[0].Message)];
        return [.. regions.Select(region => answer.Value.Contains(region)
            ? PreflightCheck.Passed($"Region {region}", "The subscription has it.")
            : PreflightCheck.Failed($"Region {region}", "The subscription has no such region.", "Take the region out, or correct its name."))];
    }

    private async Task<PreflightCheck> PermissionsAsync(string token, string at, CancellationToken ct)
    {
        var answer = await resources.ListAsync(token, $"{at}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01", "what Fabric may do", ct);
        if (!answer.Succeeded)
            return PreflightCheck.NotChecked("Permissions", answer.Faults[0].Message);
        var missing = Needed.Where(action => !answer.Value.Any(grant => AzurePatterns.Any(grant["actions"], action) && !AzurePatterns.Any(grant["notActions"], action))).ToList();
        return missing.Count == 0
            ? PreflightCheck.Passed("Permissions", $"All {Needed.Length} actions that were looked for are granted.")
            : PreflightCheck.Failed("Permissions", $"Not granted: {string.Join(", ", missing)}.", "Give the application the roles of the account's set-up, then check again.");
    }

    private async Task<IReadOnlyList<PreflightCheck>> QuotasAsync(string token, string at, IReadOnlyList<string> regions, CancellationToken ct)
    {
        var rows = new List<PreflightCheck>();
        foreach (var region in regions)
        {
            var answer = await resources.ListAsync(token, $"{at}/providers/Microsoft.Network/locations/{region}/usages?api-version=2023-09-01", $"the network quotas of {region}", ct);
            rows.AddRange(Quotas.Select(quota => answer.Succeeded
                ? Quota($"{quota.Title} in {region}", answer.Value.FirstOrDefault(usage => (string?)usage["name"]?["value"] == quota.Name))
                : PreflightCheck.NotChecked($"{quota.Title} in {region}", answer.Faults[0].Message)));
        }

        return rows.Count > 0 ? rows : [PreflightCheck.NotChecked("Quotas", "They are counted by region, and none is named.")];
    }

    private static PreflightCheck Quota(string name, JsonObject? usage)
    {
        if (usage?["currentValue"] is not JsonValue current || !current.TryGetValue<long>(out var used) || usage["limit"] is not JsonValue most || !most.TryGetValue<long>(out var limit))
            return PreflightCheck.NotChecked(name, "Azure does not count them here.");
        var sentence = $"{used} of {limit} are used.";
        return used < limit ? PreflightCheck.Passed(name, sentence) : PreflightCheck.Failed(name, sentence, "Free one, or ask Azure for a higher quota.");
    }
}
