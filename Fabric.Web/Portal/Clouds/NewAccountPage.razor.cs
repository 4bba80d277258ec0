using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Portal.Clouds;

/// <summary>The steps of connecting an account, as they stand in the address.</summary>
public enum AccountStep
{
    /// <summary>Which account.</summary>
    Account,

    /// <summary>What is made in it.</summary>
    Setup,

    /// <summary>How to sign in.</summary>
    SignIn,

    /// <summary>Whether it works.</summary>
    Check,
}

/// <summary>Connects an account. It is there after the first step, so a reload and a second visit go on where one was.</summary>
public sealed partial class NewAccountPage : LivePage
{
    private static readonly (AccountStep, string)[] Titles =
        [(AccountStep.Account, "Account"), (AccountStep.Setup, "Set up"), (AccountStep.SignIn, "Sign in"), (AccountStep.Check, "Check")];

    private AccountLine? line;
    private CloudOffer? offer;
    private SignInKind? kind;
    private CloudSetup? setup;
    private bool busy;

    /// <summary>All that the page asks about accounts.</summary>
    [Inject]
    public required ICloudDesk Clouds { get; init; }

    /// <summary>The open step.</summary>
    [SupplyParameterFromQuery]
    public string? Step { get; set; }

    /// <summary>The account, once it is connected.</summary>
    [SupplyParameterFromQuery]
    public Guid? Id { get; set; }

    /// <summary>The chosen way of signing in.</summary>
    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    /// <summary>The cloud that is chosen at first.</summary>
    [SupplyParameterFromQuery]
    public string? Cloud { get; set; }

    /// <summary>For vendor roles: the tenant it is connected for.</summary>
    [SupplyParameterFromQuery]
    public string? Tenant { get; set; }

    private string ForTenant => line?.Row.Tenant ?? (Actor.IsVendor && Tenant is { Length: > 0 } chosen ? chosen : Actor.Tenant);

    private AccountStep Current => Id is null ? AccountStep.Account : Enum.TryParse<AccountStep>(Step, true, out var step) && step > AccountStep.Account ? step : AccountStep.Setup;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        Faults = [];
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (Id is not { } id)
            return true;
        line = await Clouds.GetAsync(Actor, id, ct);
        if (line is null)
            return false;
        offer = Clouds.Clouds.Single(one => one.Name == line.Row.Cloud);
        kind = offer.SignIns.FirstOrDefault(one => one.Name == Kind) ?? AccountText.KindOf(offer, line.Row);
        if (Current is AccountStep.Setup && await Clouds.SetupAsync(Actor, id, kind.Name, ct) is { Succeeded: true } told)
            setup = told.Value;
        return true;
    }

    private void Go(AccountStep step, Guid? id = null)
    {
        var query = new Dictionary<string, object?> { ["step"] = step.ToString().ToLowerInvariant() };
        if (id is not null)
            query["id"] = id;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query));
    }

    private async Task ConnectAsync(NewAccount wish)
    {
        busy = true;
        var made = await Clouds.CreateAsync(Actor, wish, Ended);
        busy = false;
        Faults = made.Faults;
        if (made.Succeeded)
            Go(AccountStep.Setup, made.Value.Row.Id);
    }

    private async Task SignInAsync(SignInWish wish)
    {
        busy = true;
        var changed = await Clouds.ChangeAsync(Actor, Id!.Value, new AccountChange(wish), Ended);
        if (changed.Succeeded)
        {
            Go(AccountStep.Check);
            await CheckAsync();
        }

        busy = false;
        Faults = changed.Succeeded ? Faults : changed.Faults;
    }

    private async Task CheckAsync()
    {
        busy = true;
        StateHasChanged();
        await DoAsync(Clouds.PreflightAsync(Actor, Id!.Value, Ended));
        busy = false;
    }
}
