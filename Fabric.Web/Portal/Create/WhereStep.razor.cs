using Fabric.Workflows.Tenancy;
using Microsoft.AspNetCore.Components;

namespace Fabric.Web.Portal.Create;

/// <summary>Name, cloud and region.</summary>
public sealed partial class WhereStep
{
    private string name = "";
    private string cloud = "";
    private string region = "";

    /// <summary>What was chosen so far.</summary>
    [Parameter, EditorRequired]
    public required WizardModel Model { get; set; }

    /// <summary>Clouds the blueprint runs on, in order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Clouds { get; set; }

    /// <summary>Goes on with a place.</summary>
    [Parameter]
    public EventCallback<Place> OnChoose { get; set; }

    private string? Fault => name.Length > 0 && !Slug.IsValid(name) ? $"A name has {Slug.Rule}." : name == Model.Name ? Model.PlaceFault("name") : null;

    private string? RegionFault => region == Model.Region ? Model.PlaceFault("region") : null;

    private string? CloudFault => cloud == Model.Cloud ? Model.PlaceFault("cloud") : null;

    /// <summary>Keeps what was written so far, so that a reload does not lose it.</summary>
    [Parameter]
    public EventCallback<Place> OnKeep { get; set; }

    private bool Complete => Slug.IsValid(name) && cloud.Length > 0 && region.Length > 0;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        (name, region) = (Model.Name, Model.Region);
        var first = Clouds.Contains(Model.Cloud) ? Model.Cloud : Clouds.Count > 0 ? Clouds[0] : "";
        if (first != Model.Cloud || region.Length == 0)
            Choose(first);
        cloud = first;
    }

    private void Choose(string chosen)
    {
        cloud = chosen;
        region = Places.FirstRegion(chosen);
    }

    private Task KeepAsync() => OnKeep.InvokeAsync(new Place(name, cloud, region));

    private async Task SubmitAsync()
    {
        if (Complete)
            await OnChoose.InvokeAsync(new Place(name, cloud, region));
    }
}
