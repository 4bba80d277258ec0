using Fabric.Web.Controls;
using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Clouds;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Fabric.Web.Portal.Clouds;

/// <summary>One account: whether it works, who uses it, how Fabric signs in.</summary>
public sealed partial class AccountPage : LivePage
{
    private AccountLine? line;
    private CloudOffer? offer;
    private SignInKind? own;
    private SignInKind? kind;
    private CloudSetup? setup;
    private string? chosen;
    private bool busy;

    /// <summary>All that the page asks about accounts.</summary>
    [Inject]
    public required ICloudDesk Clouds { get; init; }

    /// <summary>Asks for the account's name before it is deleted.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>The account.</summary>
    [Parameter]
    public Guid Id { get; set; }

    private bool Editable => line is not null && Actor.Has(Right.Connect, line.Row.Tenant);

    /// <inheritdoc/>
    protected override void OnInitialized() => Watch(null);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => RefreshAsync();

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        line = await Clouds.GetAsync(Actor, Id, ct);
        if (line is null)
            return false;
        offer = Clouds.Clouds.Single(one => one.Name == line.Row.Cloud);
        own = AccountText.KindOf(offer, line.Row);
        kind = offer.SignIns.FirstOrDefault(one => one.Name == chosen) ?? own;
        var told = await Clouds.SetupAsync(Actor, Id, kind.Name, ct);
        setup = told.Succeeded ? told.Value : null;
        return true;
    }

    private Task ChooseAsync(SignInKind wanted)
    {
        chosen = wanted.Name;
        return RefreshAsync();
    }

    private async Task SignInAsync(SignInWish wish)
    {
        busy = true;
        var changed = await DoAsync(Clouds.ChangeAsync(Actor, Id, new AccountChange(wish), Ended));
        if (changed.Succeeded)
            await CheckAsync();
        busy = false;
    }

    private async Task CheckAsync()
    {
        busy = true;
        StateHasChanged();
        await DoAsync(Clouds.PreflightAsync(Actor, Id, Ended));
        busy = false;
    }

    private async Task DeleteAsync()
    {
        var name = line!.Row.Name;
        if (!await ConfirmByName.ShowAsync(
                Dialogs, $"Delete {name}", "Fabric forgets the account and its credential. In the cloud nothing is touched: take back there what you made for Fabric.", name, "Delete account"))
            return;
        var deleted = await Clouds.DeleteAsync(Actor, Id, Ended);
        Faults = deleted.Faults;
        if (deleted.Succeeded)
            Navigation.NavigateTo("portal/clouds");
    }
}
