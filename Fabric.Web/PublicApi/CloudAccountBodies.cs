using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Engine;

namespace Fabric.Web.PublicApi;

/// <summary>An account to connect.</summary>
/// <param name="Tenant">Slug of the tenant.</param>
/// <param name="Name">Slug, unique in the tenant.</param>
/// <param name="Cloud">aws, azure or google.</param>
/// <param name="Account">Account number (AWS), subscription id (Azure) or project id (Google).</param>
/// <param name="Regions">Regions environments may be made in; any when none is given.</param>
/// <param name="Cell">Cell of the environments that will use it; the first when it is not given.</param>
/// <param name="SignIn">Kind of sign-in and its fields; without it, it is entered after the set-up.</param>
/// <param name="Secret">The long-lived credential of that kind, if it has one. Kept sealed, and never given back.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ConnectRequest(
    string Tenant, string Name, string Cloud, string Account, string[]? Regions = null, string? Cell = null, JsonObject? SignIn = null, string? Secret = null)
{
    internal IEnumerable<OperationFault> Missing() =>
        from field in new[] { ("tenant", Tenant), ("name", Name), ("cloud", Cloud), ("account", Account) }
        where string.IsNullOrWhiteSpace(field.Item2)
        select new OperationFault(FaultKind.Invalid, "Missing", $"{field.Item1} is missing.", field.Item1);

    /// <inheritdoc/>
    public override string ToString() => $"{Cloud}/{Account}";
}

/// <summary>A change of an account; what is not given stays.</summary>
/// <param name="SignIn">Kind of sign-in and its fields; the old one is forgotten.</param>
/// <param name="Secret">The long-lived credential of that kind, if it has one. Kept sealed, and never given back.</param>
/// <param name="Regions">Regions environments may be made in; an empty list for any.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReconnectRequest(JsonObject? SignIn = null, string? Secret = null, string[]? Regions = null)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(ReconnectRequest);
}

/// <summary>Cloud accounts, and the cells that did not answer.</summary>
public sealed record CloudAccountPage(IReadOnlyList<CloudAccountBody> Items, string? Next, IReadOnlyList<string> Unreachable);

/// <summary>A connected account. No credential is ever in it.</summary>
/// <param name="Account">The cloud's own id of it.</param>
/// <param name="SignIn">Kind of sign-in and its fields, none of them secret.</param>
/// <param name="HasSecret">A credential is kept for it.</param>
/// <param name="Regions">Regions environments may be made in; empty for any.</param>
/// <param name="State">Unchecked, Connected or Failed, by the last preflight.</param>
/// <param name="Checks">What the last preflight found.</param>
/// <param name="Environments">Those made in it.</param>
public sealed record CloudAccountBody(
    Guid Id, string Tenant, string Name, string Cell, string Cloud, string Account, JsonObject SignIn, bool HasSecret, IReadOnlyList<string> Regions, CloudAccountState State,
    IReadOnlyList<PreflightCheck> Checks, DateTimeOffset? CheckedAt, IReadOnlyList<AccountUse> Environments, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static CloudAccountBody Of(AccountLine line) => new(
        line.Row.Id,
        line.Row.Tenant,
        line.Row.Name,
        line.Cell,
        line.Row.Cloud,
        line.Row.Account,
        line.Row.SignIn,
        line.HasSecret,
        line.Row.Regions,
        line.Row.State,
        PreflightCheck.Of(line.Row),
        line.Row.CheckedAt,
        line.UsedBy,
        line.Row.CreatedAt,
        line.Row.UpdatedAt);
}
