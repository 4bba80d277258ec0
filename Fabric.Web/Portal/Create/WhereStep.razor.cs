using Fabric.Workflows.Clouds.Accounts;
using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Portal.Create;

/// <summary>Name, cloud and region.</summary>
public sealed partial class WhereStep
{
    private string name = "";
    private string cloud = "";
    private string region = "";
    private Guid? account;

    /// <summary>What was chosen so far.</summary>
    [Parameter, EditorRequired]
    public required WizardModel Model { get; set; }

    /// <summary>Clouds the blueprint runs on, in order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Clouds { get; set; }

    /// <summary>Those of them where it is made in a cloud account.</summary>
    [Parameter]
    public IReadOnlyList<string> WithAccount { get; set; } = [];

    /// <summary>The tenant's accounts of every cloud.</summary>
    [Parameter]
    public IReadOnlyList<AccountLine> Accounts { get; set; } = [];

    /// <summary>Whose environment it becomes.</summary>
    [Parameter]
    public string Tenant { get; set; } = "";

    /// <summary>Goes on with a place.</summary>
    [Parameter]
    public EventCallback<Place> OnChoose { get; set; }

    private string? Fault => name.Length > 0 && !Slug.IsValid(name) ? $"A name has {Slug.Rule}." : name == Model.Name ? Model.PlaceFault("name") : null;

    private string? RegionFault => region == Model.Region ? Model.PlaceFault("region") : null;

    private string? CloudFault => cloud == Model.Cloud ? Model.PlaceFault("cloud") : null;

    /// <summary>Keeps what was written so far, so that a reload does not lose it.</summary>
    [Parameter]
    public EventCallback<Place> OnKeep { get; set; }

    private string? AccountFault => account == Model.Account?.Row.Id ? Model.PlaceFault("account") : null;

    private bool NeedsAccount => WithAccount.Contains(cloud);

    private IReadOnlyList<AccountLine> Fitting => [.. Accounts.Where(line => line.Row.Cloud == cloud)];

    private string ConnectHref => $"portal/clouds/new?cloud={cloud}&tenant={Uri.EscapeDataString(Tenant)}";

    /// <summary>The account's regions where it names some, else those of the cloud.</summary>
    private IReadOnlyList<string> Regions => Fitting.FirstOrDefault(line => line.Row.Id == account)?.Row.Regions is { Count: > 0 } own ? own : Places.Regions(cloud);

    private bool Complete => Slug.IsValid(name) && cloud.Length > 0 && region.Length > 0 && (!NeedsAccount || account is not null);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        (name, region, account) = (Model.Name, Model.Region, Model.Account?.Row.Id);
        var first = Clouds.Contains(Model.Cloud) ? Model.Cloud : Clouds.Count > 0 ? Clouds[0] : "";
        if (first != Model.Cloud || region.Length == 0)
            Choose(first);
        cloud = first;
    }

    private void Choose(string chosen)
    {
        cloud = chosen;
        region = Places.FirstRegion(chosen);
        ChooseAccount(NeedsAccount && Fitting is [var only] ? only.Row.Id : null);
    }

    private void ChooseAccount(Guid? chosen)
    {
        account = chosen;
        if (!Regions.Contains(region) && Regions.Count > 0)
            region = Regions[0];
    }

    private Task KeepAsync() => OnKeep.InvokeAsync(new Place(name, cloud, region, NeedsAccount ? account : null));

    private async Task SubmitAsync()
    {
        if (Complete)
            await OnChoose.InvokeAsync(new Place(name, cloud, region, NeedsAccount ? account : null));
    }
}
