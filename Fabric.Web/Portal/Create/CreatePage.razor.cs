using Fabric.Web.Live;
using Fabric.Web.Portal.Frame;
using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Fabric.Web.Portal.Create;

/// <summary>The wizard: product, where, configure, plan. Choices stand in the address; values are kept in the browser tab.</summary>
public sealed partial class CreatePage : LivePage
{
    private readonly WizardModel model = new();
    private IReadOnlyList<BlueprintLine> blueprints = [];
    private IReadOnlyList<AccountLine> accounts = [];
    private string formKey = "";
    private string? restored;
    private bool busy;
    private WizardStep? drawn;

    /// <summary>The accounts to choose from.</summary>
    [Inject]
    public required ICloudDesk Clouds { get; init; }

    /// <summary>Shows a step from its top.</summary>
    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>What was typed before a reload.</summary>
    [Inject]
    public required WizardDraft Draft { get; init; }

    /// <summary>The open step.</summary>
    [SupplyParameterFromQuery]
    public string? Step { get; set; }

    /// <summary>The chosen blueprint.</summary>
    [SupplyParameterFromQuery]
    public string? Blueprint { get; set; }

    /// <summary>The name.</summary>
    [SupplyParameterFromQuery]
    public string? Name { get; set; }

    /// <summary>The cloud.</summary>
    [SupplyParameterFromQuery]
    public string? Cloud { get; set; }

    /// <summary>The region.</summary>
    [SupplyParameterFromQuery]
    public string? Region { get; set; }

    /// <summary>The cloud account.</summary>
    [SupplyParameterFromQuery]
    public Guid? Account { get; set; }

    /// <summary>Nodes the person has already, comma between them.</summary>
    [SupplyParameterFromQuery]
    public string? Noop { get; set; }

    /// <summary>For vendor roles: the tenant it is made for.</summary>
    [SupplyParameterFromQuery]
    public string? Tenant { get; set; }

    private string ForTenant => Actor.IsVendor && Tenant is { Length: > 0 } chosen ? chosen : Actor.Tenant;

    private WizardStep Current => Enum.TryParse<WizardStep>(Step, true, out var step) && model.Reaches(step) ? step : WizardStep.Product;

    private BlueprintLine? Chosen => blueprints.FirstOrDefault(line => line.Name == model.Blueprint);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        (model.Blueprint, model.Name, model.Cloud, model.Region) = (Blueprint ?? "", Name ?? "", Cloud ?? "", Region ?? "");
        model.NoOp = (Noop ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The address changes within one page, so the browser would stay as far down as the button that was pressed.
        var (before, now) = (drawn, Current);
        drawn = now;
        if (before is not null && before != now)
            await Js.InvokeVoidAsync("scrollTo", 0, 0);
    }

    /// <inheritdoc/>
    protected override async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (blueprints.Count == 0)
            blueprints = await Desk.ListBlueprintsAsync(Actor, ct);
        if (Chosen is { CloudsWithAccount.Count: > 0 })
            accounts = [.. (await Clouds.ListAsync(Actor, ct)).Accounts.Where(line => line.Row.Tenant == ForTenant)];
        model.Account = accounts.FirstOrDefault(line => line.Row.Id == Account && line.Row.Cloud == model.Cloud);
        if (Current >= WizardStep.Configure)
            await LoadFormAsync(ct);
        if (Current is WizardStep.Plan && model.Preview is null && model.Form is not null)
            await PreviewAsync();
        return true;
    }

    private async Task LoadFormAsync(CancellationToken ct)
    {
        var key = $"{Blueprint}|{Cloud}|{Noop}";
        if (formKey == key)
            return;
        var outcome = await Desk.GetFormAsync(Actor, model.Blueprint, null, model.Cloud, model.NoOp, ct);
        model.Faults = outcome.Faults;
        if (!outcome.Succeeded)
            return;
        if (restored != Blueprint)
        {
            restored = Blueprint;
            await Draft.RestoreAsync(Actor, ForTenant, model);
        }

        model.Take(outcome.Value);
        formKey = key;
    }

    private void Go(WizardStep step, params (string Name, string? Value)[] choices)
    {
        var query = choices.ToDictionary(choice => choice.Name, choice => (object?)choice.Value);
        query["step"] = step.ToString().ToLowerInvariant();
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query));
    }

    private void ChooseProduct(BlueprintLine line)
    {
        var clouds = Places.Order(line.Clouds);
        var cloud = clouds.Contains(model.Cloud) ? model.Cloud : clouds.Count > 0 ? clouds[0] : "";
        Go(WizardStep.Where, ("blueprint", line.Name), ("cloud", cloud), ("region", cloud == model.Cloud ? model.Region : Places.FirstRegion(cloud)), ("noop", null));
    }

    private void ChoosePlace(Place place) =>
        Go(WizardStep.Configure, ("name", place.Name), ("cloud", place.Cloud), ("region", place.Region), ("account", place.Account?.ToString()));

    private void KeepPlace(Place place) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["name"] = place.Name, ["cloud"] = place.Cloud, ["region"] = place.Region, ["account"] = place.Account }),
        new NavigationOptions { ReplaceHistoryEntry = true });

    private Task KeepAsync() => Draft.KeepAsync(Actor, ForTenant, model);

    private void ChooseNoOp(IReadOnlyList<string> nodes) =>
        Go(WizardStep.Configure, ("noop", nodes.Count == 0 ? null : string.Join(',', nodes)));

    private async Task PlanAsync()
    {
        await PreviewAsync();
        if (model.Preview is not null)
            Go(WizardStep.Plan);
    }

    private async Task PreviewAsync()
    {
        busy = true;
        var outcome = await Desk.PreviewAsync(Actor, model.ToRequest(ForTenant), Ended);
        model.Faults = outcome.Faults;
        model.Preview = outcome.Succeeded ? outcome.Value : null;
        busy = false;
        if (model.Preview is null && Current is WizardStep.Plan)
            Go(WizardStep.Configure);
    }

    private async Task CreateAsync()
    {
        busy = true;
        var outcome = await Desk.CreateAsync(Actor, model.ToRequest(ForTenant), Ended);
        model.Faults = outcome.Faults;
        busy = false;
        if (!outcome.Succeeded)
            return;
        await Draft.ForgetAsync(Actor, ForTenant, model.Blueprint);
        Navigation.NavigateTo($"portal/environments/{outcome.Value.EnvironmentId}");
    }
}
